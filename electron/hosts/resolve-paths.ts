import { resolve } from 'node:path';
import type { Command } from 'commander';

/** What an option or argument is declared as when its value is a place on the disk. */
const places = new Set(['file', 'files', 'folder', 'folders', 'path', 'paths', 'picture']);

/** Makes absolute what a command was given as a file or folder: whoever wrote it stands in `folder`, and this process somewhere else. */
export function resolvePaths(command: Command, folder: string): void {
  const absolute = (value: unknown): unknown =>
    typeof value === 'string' ? resolve(folder, value) : Array.isArray(value) ? value.map(absolute) : value;
  for (const option of command.options) {
    const declared = /[<[]([\w-]+)/.exec(option.flags)?.[1] ?? '';
    const name = option.attributeName();
    const value: unknown = command.getOptionValue(name);
    if (places.has(declared) && value !== undefined)
      command.setOptionValueWithSource(name, absolute(value), command.getOptionValueSource(name));
  }
  command.registeredArguments.forEach((argument, at) => {
    if (places.has(argument.name())) command.processedArgs[at] = absolute(command.processedArgs[at]);
  });
}
