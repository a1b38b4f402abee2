/** Where Chrome, Edge and Chromium are, as their installers leave them: the likeliest first. */
export function browserPlaces(platform: string, environment: Record<string, string | undefined>): string[] {
  switch (platform) {
    case 'win32': {
      const roots = ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap(name => environment[name] ?? []);
      const programs = ['Google\\Chrome', 'Microsoft\\Edge', 'Chromium'];
      return programs.flatMap(program =>
        roots.map(root => `${root}\\${program}\\Application\\${program.endsWith('Edge') ? 'msedge' : 'chrome'}.exe`),
      );
    }
    case 'darwin': {
      const names = ['Google Chrome', 'Microsoft Edge', 'Chromium'];
      const folders = ['/Applications', ...(environment['HOME'] ? [`${environment['HOME']}/Applications`] : [])];
      return names.flatMap(name => folders.map(folder => `${folder}/${name}.app/Contents/MacOS/${name}`));
    }
    default: {
      const names = [
        'google-chrome',
        'google-chrome-stable',
        'microsoft-edge',
        'microsoft-edge-stable',
        'chromium',
        'chromium-browser',
      ];
      const folders = (environment['PATH'] ?? '').split(':').filter(folder => folder.startsWith('/'));
      return names.flatMap(name => [...new Set([...folders, '/usr/bin', '/usr/local/bin'])].map(at => `${at}/${name}`));
    }
  }
}
