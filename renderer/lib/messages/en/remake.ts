export const remakeMessages = {
  'remake.line': '{name}: {changes}',
  'remake.asked': 'Another take',
  'remake.second': 'Second try',
  'remake.third': 'Third try',
  'remake.nth': 'Try {number}',
  'remake.seed': 'new seed',
  'remake.paletteGuidance': 'palette guidance {from} → {to}',
  'remake.negativeTerm': 'without {term}',
  'remake.template': 'template {from} → {to}',
  'remake.count': { one: '{count} made again after a failed check', other: '{count} made again after a failed check' },
  'remake.title': 'Made again',
} as const;
