const files = import.meta.glob<object>('./*.json', { eager: true, import: 'default' });

/** customers.json holds the keys `customers.…`, and so on. */
export default Object.fromEntries(
  Object.entries(files).map(([path, texts]) => [path.slice(2, -'.json'.length), texts]),
);
