/** What the editor, git and others run programs from, by itself or at the next step of work, without showing them first. */
const folders = /(^|\/)\.(vscode|git|githooks|husky|devcontainer|idea|cursor|claude|marginalia\/tools)(\/|$)/;
const names = /(^|\/)(\.envrc|\.gitconfig|\.gitattributes|\.gitmodules|\.mcp\.json|[^/]+\.code-workspace)$/;

/** Whether who may write the file at `path` may make programs run. */
export function isRunByItself(path: string): boolean {
  const lower = path.replaceAll('\\', '/').toLowerCase();
  return folders.test(lower) || names.test(lower);
}
