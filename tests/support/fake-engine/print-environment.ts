/** Ends at once and leaves the names of what it can see of the environment as its last words. */
console.error(Object.keys(process.env).toSorted().join(' '));
process.exit(7);
