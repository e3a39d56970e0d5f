const files = import.meta.glob<object>(['./*.json', '../../modules/*/en.json'], {
  eager: true,
  import: 'default',
});

/** `customers.json` holds the keys `customers.…`, `modules/sales/en.json` those of `sales.…`. */
const nameOf = (path: string) => path.split('/').at(path.startsWith('./') ? -1 : -2)!;

export default Object.fromEntries(
  Object.entries(files).map(([path, texts]) => [nameOf(path).replace('.json', ''), texts]),
);
