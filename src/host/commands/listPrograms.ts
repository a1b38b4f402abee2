import * as vscode from 'vscode';
import type { Shells } from '../../core/shell/shells.ts';
import { visible } from '../../shared/visible.ts';
import { pickOne } from '../show.ts';

/** Lists what commands have left running in the background; one that is chosen is ended. */
export async function listPrograms(shells: Pick<Shells, 'programs' | 'endProgram'>): Promise<void> {
  const { t } = vscode.l10n;
  for (;;) {
    const programs = await shells.programs();
    if (programs.length === 0) {
      await pickOne([{ label: t('Nothing runs in the background.') }], {
        placeHolder: t('Programs in the Background'),
      });
      return;
    }
    const items = programs.map(program => ({
      label: visible(program.command),
      description: t('process {0}', program.pid),
      iconPath: new vscode.ThemeIcon('stop-circle'),
      program,
    }));
    const chosen = await pickOne(items, {
      title: t('Programs in the Background'),
      placeHolder: t('Choose a program to end it with all that it has started'),
    });
    if (!chosen) return;
    await shells.endProgram(chosen.program);
  }
}
