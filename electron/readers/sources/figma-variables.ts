import { isUsualTheme, nameTheme } from '../../domain/brand/theme-name.ts';
import { isFields } from './json-fields.ts';
import type { Fields } from './json-fields.ts';
import type { Token } from './token.ts';

/**
 * Variables as Figma's REST interface answers them (collections and variables by id, values by mode, aliases by id) and as export plugins write them (collections with
 * modes with variables); null for other JSON. The first mode of a collection is the usual palette, the others are themes.
 */
export function readFigmaVariables(json: unknown): Token[] | null {
  if (!isFields(json)) return null;
  const meta = isFields(json['meta']) ? json['meta'] : json;
  if (isFields(meta['variables']) && isFields(meta['variableCollections']))
    return readRest(meta['variables'], meta['variableCollections']);
  return Array.isArray(json['collections']) ? readPlugin(json['collections']) : null;
}

function readRest(variables: Fields, collections: Fields): Token[] {
  const keyOf = (id: unknown) => {
    const variable = typeof id === 'string' ? variables[id] : undefined;
    if (!isFields(variable)) return String(id);
    return `${textOf(collections[textOf(variable['variableCollectionId'])], 'name')}.${textOf(variable, 'name').replaceAll('/', '.')}`;
  };
  return Object.entries(variables).flatMap(([id, variable]) => {
    if (!isFields(variable) || !isFields(variable['valuesByMode'])) return [];
    const collection = collections[textOf(variable['variableCollectionId'])];
    const fields = isFields(collection) ? collection : {};
    const modes = Array.isArray(fields['modes']) ? fields['modes'].filter(isFields) : [];
    const usual = fields['defaultModeId'] ?? modes[0]?.['modeId'];
    const name = textOf(variable, 'name');
    return Object.entries(variable['valuesByMode']).map(([modeId, value]) => {
      const mode = textOf(
        modes.find((known) => known['modeId'] === modeId),
        'name',
      );
      const isAlias = isFields(value) && value['type'] === 'VARIABLE_ALIAS';
      return {
        key: keyOf(id),
        name: sayName(name),
        type: variable['resolvedType'] === 'COLOR' ? 'color' : textOf(variable, 'resolvedType').toLowerCase(),
        value: isAlias ? `{${keyOf(value['id'])}}` : value,
        theme: modeId === usual ? null : themeOfMode(mode || modeId),
      };
    });
  });
}

function readPlugin(collections: readonly unknown[]): Token[] {
  return collections.filter(isFields).flatMap((collection) => {
    const modes = Array.isArray(collection['modes']) ? collection['modes'].filter(isFields) : [];
    return modes.flatMap((mode, at) => {
      const variables = Array.isArray(mode['variables']) ? mode['variables'].filter(isFields) : [];
      return variables.map((variable) => {
        const { value } = variable;
        const isAlias = variable['isAlias'] === true && isFields(value);
        const name = textOf(variable, 'name');
        return {
          key: `${textOf(collection, 'name')}.${name.replaceAll('/', '.')}`,
          name: sayName(name),
          type: textOf(variable, 'type').toLowerCase(),
          value: isAlias ? `{${textOf(value, 'collection')}.${textOf(value, 'name').replaceAll('/', '.')}}` : value,
          theme: at === 0 ? null : themeOfMode(textOf(mode, 'name')),
        };
      });
    });
  });
}

function themeOfMode(mode: string): string | null {
  const theme = nameTheme(mode) ?? mode.trim().toLowerCase().slice(0, 40);
  return theme === '' || isUsualTheme(theme) ? null : theme;
}

/** "color/brand/primary" reads "brand primary". */
function sayName(name: string): string {
  return name
    .split('/')
    .filter((part) => !/^colou?rs?$/i.test(part))
    .join(' ');
}

function textOf(value: unknown, field?: string): string {
  const found = field === undefined ? value : isFields(value) ? value[field] : undefined;
  return typeof found === 'string' ? found : '';
}
