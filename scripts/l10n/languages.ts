/** Display languages beside English that the extension speaks, as VS Code calls them. */
export const languages = ['ja', 'zh-cn'] as const;
export type Language = (typeof languages)[number];
