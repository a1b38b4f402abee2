import { looksSensitive } from '../context/sensitive.ts';
import type { CommandFacts } from './commandFacts.ts';
import { baseName, isShell } from './wrappers.ts';

/** Programs that are allowed one by one only. */
const always =
  /^(?:sudo|doas|su|pkexec|dd|mkfs(?:\..+)?|mkswap|fdisk|sfdisk|parted|wipefs|shred|shutdown|reboot|halt|poweroff|init|crontab|at|systemctl|launchctl|chroot|mount|umount|insmod|modprobe|passwd|visudo|security|iptables|eval|exec|source|\.)$/;

const network =
  /^(?:curl|wget|nc|ncat|netcat|telnet|ssh|scp|sftp|rsync|ftp|socat|http|https|aria2c|dig|nslookup|host|ping)$/;
const startFiles =
  /(?:^|\/)\.(?:bashrc|bash_profile|bash_login|bash_aliases|bash_logout|profile|zshrc|zshenv|zprofile|zlogin|inputrc|xprofile|xinitrc|gitconfig|vimrc|npmrc|ssh\/.*|config\/(?:fish|autostart|systemd)\/.*)$/;

/** Whether something of it is never allowed by a rule, whatever the rule says. */
export function isDangerous({ commands, writes, reads }: CommandFacts): boolean {
  return (
    commands.some(isDangerousCommand) || writes.some(isStartFile) || reads.some(looksSensitive) || runsFetched(commands)
  );
}

/** Whether it speaks with other machines, as far as names of programs tell. */
export function usesNetwork({ commands }: CommandFacts): boolean {
  return commands.some(([name = '']) => network.test(baseName(name)));
}

function isDangerousCommand([name = '', ...rest]: readonly string[]): boolean {
  const program = baseName(name);
  if (always.test(program)) return true;
  const paths = rest.filter(word => !word.startsWith('-'));
  if (paths.some(path => isStartFile(path) || looksSensitive(path) || /^\/proc\/[^/]+\/environ$/.test(path)))
    return true;
  switch (program) {
    case 'rm':
    case 'chmod':
    case 'chown':
    case 'chgrp':
    case 'mv':
      return (program === 'mv' || rest.some(isRecursive)) && paths.some(isWide);
    case 'git':
      return isForcedPush(rest);
    case 'kill':
      return rest.at(-1) === '-1';
    default:
      return false;
  }
}

function isRecursive(option: string): boolean {
  return /^-[a-zA-Z]*[rR]/.test(option) || option === '--recursive';
}

/** The whole disk, a folder of the system, the user's own, or what lies above. */
function isWide(path: string): boolean {
  const tidy = path
    .replace(/\/+/g, '/')
    .replace(/(?:\/\.)+(?=\/|$)/g, '')
    .replace(/(?<=.)\/\*?$/, '');
  return /^(?:\/?|\/[^/]*|~[^/]*|\$HOME|\*|\.|\.\.(?:\/.*)?|\/(?:home|Users)\/[^/]+)$/.test(tidy);
}

function isStartFile(path: string): boolean {
  return startFiles.test(path);
}

function isForcedPush(rest: readonly string[]): boolean {
  const at = rest.indexOf('push');
  return at !== -1 && rest.slice(at + 1).some(word => /^(?:-[a-zA-Z]*f|--force|--mirror|--delete|-d$|\+|:)/.test(word));
}

/** `curl … | sh`, in any order: what runs then is not known before. */
function runsFetched(commands: CommandFacts['commands']): boolean {
  const names = commands.map(([name = '']) => name);
  const fetches = names.some(name => network.test(baseName(name)));
  return fetches && names.some(name => isShell(name) || /^(?:python3?|node|perl|ruby|php)$/.test(baseName(name)));
}
