// A renderer feature may import another feature only through that feature's index.ts; features are composed in renderer/app.

/** Says why a renderer file may not import a relative specifier, or null when it may. Paths are from the project's root. */
export function refuseReach(file, specifier) {
  const from = /^renderer\/features\/([^/]+)\//.exec(file)?.[1];
  if (!from || !specifier.startsWith('.')) return null;
  const target = new URL(specifier, `file:///${file}`).pathname.slice(1);
  const to = /^renderer\/features\/([^/]+)\/(.+)$/.exec(target);
  if (!to || to[1] === from || /^index\.tsx?$/.test(to[2])) return null;
  return `feature "${from}" reaches into "${to[1]}"; import its index.ts or compose both in renderer/app`;
}

export const noFeatureReach = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const file = context.filename.replaceAll('\\', '/').replace(`${context.cwd.replaceAll('\\', '/')}/`, '');
    return {
      ImportDeclaration(node) {
        const reason = refuseReach(file, node.source.value);
        if (reason) context.report({ node: node.source, message: reason });
      },
    };
  },
};
