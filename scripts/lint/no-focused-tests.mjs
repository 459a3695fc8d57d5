// A focused or disabled test hides the others. A test that cannot run here skips itself at run time with a printed reason (`context.skip`).

const runners = new Set(['describe', 'it', 'test']);
const forbidden = new Set(['only', 'skip', 'todo', 'fails']);

export const noFocusedTests = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    return {
      MemberExpression(node) {
        if (node.object.type !== 'Identifier' || !runners.has(node.object.name)) return;
        if (node.property.type === 'Identifier' && forbidden.has(node.property.name)) {
          context.report({
            node,
            message: `${node.object.name}.${node.property.name} must not be committed; use skipIf with a reason, or remove the test`,
          });
        }
      },
    };
  },
};
