import { fileURLToPath } from 'node:url';

/** An extension for the demo alone: shows the chat, and the file that MARGINALIA_DEMO_FILE names, in a new window. */
export const openerFolder = fileURLToPath(new URL('opener', import.meta.url));
