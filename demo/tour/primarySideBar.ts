import type { Workbench } from '../../harness/drive/workbench.ts';

/** Closes the explorer, wherever an earlier scene has left it: the command is offered only where it is open. */
export async function closePrimarySideBar(workbench: Workbench): Promise<void> {
  if (await workbench.page.locator('.part.sidebar').isVisible())
    await workbench.command('View: Close Primary Side Bar');
}
