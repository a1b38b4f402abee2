/** What the manifest and the editor call the places where something of ours is shown. */
export const chatViewId = 'marginalia.chat';
export const chatTabType = 'marginalia.conversation';
export const usagePanelType = 'marginalia.usage';
