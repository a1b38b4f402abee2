import * as vscode from 'vscode';
import type { TransportKind } from '../../shared/problem.ts';
import { defaultNetwork, type NetworkSettings } from '../../core/transport/network.ts';

/** The editor's own network settings, and ours where there are any. Read anew at every use. */
export function readNetworkSettings(): NetworkSettings {
  const http = vscode.workspace.getConfiguration('http');
  const off = http.get('proxySupport') === 'off';
  const proxy = off ? '' : textOf(http.get('proxy'));
  const noProxy = http.get<unknown>('noProxy');
  const hosts = Array.isArray(noProxy) ? noProxy.filter(host => typeof host === 'string').join(',') : '';
  const authorization = textOf(http.get('proxyAuthorization'));
  return {
    ...defaultNetwork,
    ...((proxy !== '' || off) && { proxy }),
    ...(hosts !== '' && { noProxy: hosts }),
    ...(authorization !== '' && { proxyAuthorization: authorization }),
    strictProxyCertificate: http.get('proxyStrictSSL') !== false,
    systemCertificates: http.get('systemCertificates') !== false,
  };
}

/** Which client carries the requests: undici, or the editor's own `fetch`. */
export function readTransportKind(): TransportKind {
  return vscode.workspace.getConfiguration('marginalia').get('transport') === 'vscode' ? 'vscode' : 'undici';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
