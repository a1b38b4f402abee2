import type { CommandId } from './commandIds.ts';

/** Commands that a button in the view may run. */
export const viewCommands = [
  'marginalia.setApiKey',
  'marginalia.reviewChanges',
  'marginalia.reviewFile',
  'marginalia.explainSelection',
  'marginalia.openSettings',
  'marginalia.chooseModel',
  'marginalia.chooseThinking',
  'marginalia.chooseMode',
  'marginalia.showLog',
  'marginalia.showRequests',
  'marginalia.showUsage',
  'marginalia.setBudget',
  'marginalia.setUpCheck',
  'marginalia.attach',
  'marginalia.addFile',
  'marginalia.addSelection',
  'marginalia.toggleRules',
  'marginalia.savePreset',
  'marginalia.applyPreset',
  'marginalia.copyRequest',
  'marginalia.useEditorNetwork',
  'marginalia.useOwnNetwork',
  'marginalia.openWalkthrough',
  'marginalia.openConversation',
  'marginalia.exportConversation',
  'marginalia.showConversationChanges',
] as const satisfies readonly CommandId[];
export type ViewCommand = (typeof viewCommands)[number];
