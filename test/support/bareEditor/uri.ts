import { fileURLToPath, pathToFileURL } from 'node:url';
import { posix } from 'node:path';

type Parts = Partial<Pick<Uri, 'scheme' | 'authority' | 'path' | 'query' | 'fragment'>>;

/** The part of the editor's class of this name that the host uses. */
export class Uri {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;

  private constructor({ scheme = '', authority = '', path = '', query = '', fragment = '' }: Parts) {
    [this.scheme, this.authority, this.path, this.query, this.fragment] = [scheme, authority, path, query, fragment];
  }

  static from(parts: Parts): Uri {
    return new Uri(parts);
  }

  static file(path: string): Uri {
    return Uri.parse(pathToFileURL(path).href);
  }

  static parse(text: string): Uri {
    const [, scheme, authority, path, query, fragment] =
      /^(?:([\w+.-]+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(text) ?? [];
    const decoded = [authority, path, query, fragment].map(part => decodeURIComponent(part ?? ''));
    return new Uri({
      scheme: scheme ?? 'file',
      authority: decoded[0] ?? '',
      path: decoded[1] ?? '',
      query: decoded[2] ?? '',
      fragment: decoded[3] ?? '',
    });
  }

  static joinPath(base: Uri, ...segments: string[]): Uri {
    return base.with({ path: posix.join(base.path, ...segments) });
  }

  get fsPath(): string {
    return this.scheme === 'file' ? fileURLToPath(this.toString()) : this.path;
  }

  with(change: Parts): Uri {
    const { scheme, authority, path, query, fragment } = this;
    return new Uri({ scheme, authority, path, query, fragment, ...change });
  }

  toString(): string {
    const { scheme, authority, path, query, fragment } = this;
    const encodedPath = path.split('/').map(encodeURIComponent).join('/');
    const ends = [query && `?${encodeURIComponent(query)}`, fragment && `#${encodeURIComponent(fragment)}`];
    return `${scheme}:${authority || scheme === 'file' ? `//${authority}` : ''}${encodedPath}${ends.join('')}`;
  }
}
