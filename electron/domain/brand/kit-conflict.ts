import type { BrandKit } from '../../contract/brand.ts';
import { isTemplateFile, templateNames } from './template-names.ts';

type Conflict = { path: readonly (string | number)[]; reason: string; expected: string };

const fold = (term: string) => term.trim().toLowerCase();

function findRepeated(names: readonly string[]): number | null {
  const folded = names.map(fold);
  const index = folded.findIndex((name, at) => folded.indexOf(name) < at);
  return index < 0 ? null : index;
}

function findNameConflict(
  list: 'palette' | 'logos',
  noun: string,
  entries: readonly { name: string }[],
): Conflict | null {
  const index = findRepeated(entries.map(({ name }) => name));
  return index === null
    ? null
    : {
        path: [list, index, 'name'],
        reason: `two ${noun}s are called "${entries[index]?.name ?? ''}"`,
        expected: `a different name for each ${noun}`,
      };
}

/** Shares are areas of one picture: what the colours must fill together cannot be more than all of it. */
function findShareConflict({ palette }: BrandKit): Conflict | null {
  const turned = palette.findIndex(({ share }) => share.min > share.max);
  if (turned >= 0)
    return {
      path: ['palette', turned, 'share'],
      reason: `"${palette[turned]?.name ?? ''}" has to fill more than it may`,
      expected: 'a smallest share that is not above the largest',
    };
  const least = palette.reduce((sum, { share }) => sum + share.min, 0);
  return least > 1 + 1e-9
    ? {
        path: ['palette'],
        reason: `the smallest shares of the colours add up to ${Math.round(least * 100)} %`,
        expected: 'smallest shares that add up to at most 100 %',
      }
    : null;
}

function findPaletteConflict(kit: BrandKit): Conflict | null {
  for (const role of ['background', 'text'] as const) {
    if (!kit.palette.some((entry) => entry.role === role))
      return {
        path: ['palette'],
        reason: `no colour has the role ${role}`,
        expected: 'at least one background colour and one text colour',
      };
  }
  return findShareConflict(kit);
}

function findFileConflict(kit: BrandKit): Conflict | null {
  const logo = kit.logos.findIndex(({ file }) => !/\.(svg|png)$/i.test(file));
  if (logo >= 0)
    return {
      path: ['logos', logo, 'file'],
      reason: `"${kit.logos[logo]?.file ?? ''}" is no logo file`,
      expected: 'an .svg or .png file',
    };
  const faces = [
    { path: ['type', 'headline'], face: kit.type.headline },
    { path: ['type', 'body'], face: kit.type.body },
    ...kit.type.fallbacks.map((face, index) => ({ path: ['type', 'fallbacks', index], face })),
  ];
  const font = faces.find(({ face }) => !/\.(ttf|otf|woff2?)$/i.test(face.file));
  if (font)
    return {
      path: [...font.path, 'file'],
      reason: `"${font.face.file}" is no font file that can be read`,
      expected: 'a .ttf, .otf, .woff or .woff2 file',
    };
  const reference = kit.style.references.findIndex((file) => !/\.(png|jpe?g|webp)$/i.test(file));
  return reference >= 0
    ? {
        path: ['style', 'references', reference],
        reason: `"${kit.style.references[reference] ?? ''}" is no picture that can be read`,
        expected: 'a .png, .jpg or .webp file',
      }
    : null;
}

function findVoiceConflict({ voice, policy }: BrandKit): Conflict | null {
  const never = new Set(voice.neverSay.map(fold));
  const both = voice.say.findIndex((term) => never.has(fold(term)));
  if (both >= 0)
    return {
      path: ['voice', 'say', both],
      reason: `"${voice.say[both] ?? ''}" stands under neverSay as well`,
      expected: 'each phrase in one of the two lists',
    };
  const claims = policy.forbiddenClaims.map(fold).filter((claim) => claim !== '');
  const line = policy.requiredLines.findIndex((required) =>
    claims.some((claim) => fold(required.line).includes(claim)),
  );
  return line >= 0
    ? {
        path: ['policy', 'requiredLines', line, 'line'],
        reason: `"${policy.requiredLines[line]?.line ?? ''}" is required and makes a forbidden claim`,
        expected: 'required lines without a forbidden claim',
      }
    : null;
}

/** What a schema cannot say: the rules between the fields of a kit. Returns the first broken one. */
export function findKitConflict(kit: BrandKit): Conflict | null {
  const conflict =
    findNameConflict('palette', 'colour', kit.palette) ??
    findPaletteConflict(kit) ??
    findNameConflict('logos', 'logo', kit.logos) ??
    findFileConflict(kit) ??
    findVoiceConflict(kit);
  return conflict ?? findTemplateConflict(kit);
}

function findTemplateConflict({ template, templates }: BrandKit): Conflict | null {
  const entries = [
    { path: ['template'], entry: template },
    ...templates.map((entry, index) => ({ path: ['templates', index], entry })),
  ];
  const unknown = entries.find(({ entry }) => !isTemplateFile(entry) && !templateNames.includes(entry));
  if (unknown)
    return {
      path: unknown.path,
      reason: `there is no template "${unknown.entry}"`,
      expected: `one of ${templateNames.join(', ')}, or a .json file in the kit`,
    };
  const twice = findRepeated(templates);
  return twice === null
    ? null
    : {
        path: ['templates', twice],
        reason: `"${templates[twice] ?? ''}" stands twice`,
        expected: 'each template once',
      };
}
