import { join } from 'node:path';
import { connect, type Connection } from './connection.ts';
import type { Ending } from '../harness/editor/ending.ts';
import { ensureEditor } from '../harness/editor/install.ts';
import { installInProfile } from '../harness/editor/installInProfile.ts';
import { openerFolder } from './opener.ts';
import { choosePlace, type Place } from './place.ts';
import { projectRoot } from '../harness/editor/project.ts';
import { startEditor, type EditorServer } from '../harness/editor/server.ts';
import { keepSettings } from '../harness/editor/settings.ts';
import type { StartOptions } from './startOptions.ts';
import { step } from './step.ts';

export interface ServedDemo {
  server: EditorServer;
  /** What to open in a browser. */
  url: string;
  connection: Connection;
  place: Place;
}

/** The browser keeps the key and the layout by address, so whoever wants them kept needs an address that stays. */
const livePort = 4117;

/** Starts everything that `npm start` shows in a browser. */
export async function startServedDemo(
  options: StartOptions,
  ending: Ending,
  env: Record<string, string | undefined> = {},
): Promise<ServedDemo> {
  const editor = await ensureEditor(line => console.log(line));
  const place = await choosePlace(options, ending);
  const connection = await connect(options, ending);
  await keepSettings(join(place.profile, 'data/User/settings.json'), connection.settings);
  for (const extension of [projectRoot, openerFolder]) await installInProfile(place.profile, extension);
  const port = options.port ?? (options.live ? livePort : undefined);
  const server = await step(`Starting the editor (VS Code ${editor.version})`, () =>
    startEditor({
      editor,
      profile: place.profile,
      env: { ...connection.env, MARGINALIA_DEMO_FILE: place.file, ...env },
      ...(port !== undefined && { port }),
      ...(options.language !== undefined && { locale: options.language }),
    }),
  );
  ending.add(() => server.close());
  return { server, url: server.url({ folder: place.folder }), connection, place };
}
