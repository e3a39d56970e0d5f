export const TEXT_OPS = [
  ...['contains', 'is', 'is_not', 'not_contains', 'starts_with', 'ends_with'],
  ...['empty', 'not_empty'],
];
export const NUMBER_OPS = [
  ...['is', 'is_not', 'gt', 'gte', 'lt', 'lte', 'between', 'empty', 'not_empty'],
];
export const DATE_OPS = [
  ...['is', 'before', 'after', 'between', 'last_days', 'next_days', 'today', 'this_week'],
  ...['this_month', 'empty', 'not_empty'],
];
export const ONE_OF = ['any_of', 'none_of', 'is', 'is_not', 'empty', 'not_empty'];
export const SET_OPS = ['has_any', 'has_all', 'has_none', 'empty', 'not_empty'];
