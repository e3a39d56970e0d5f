import {
  Button,
  createTheme,
  Drawer,
  Input,
  Menu,
  Modal,
  Popover,
  Tooltip,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';
import { multiSelectDefaults, selectDefaults } from '@/ui/selects';

const token = (name: string) => `var(--${name})`;
const shades = (...names: string[]) => names.map(token) as unknown as MantineColorsTuple;

const inputVars = () => ({ wrapper: { '--input-height': '32px', '--input-fz': '13px' } });
const pop = {
  shadow: 'md',
  radius: 'md',
  transitionProps: { duration: 120, transition: 'pop' as const },
};

export const theme = createTheme({
  fontFamily: "'Inter Variable', Inter, system-ui, sans-serif",
  primaryColor: 'accent',
  primaryShade: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  defaultRadius: 'sm',
  colors: {
    accent: shades(
      ...['accent-0', 'accent-1', 'accent-2', 'accent-3', 'accent-4', 'accent-5'],
      ...['accent', 'accent-7', 'accent-8', 'accent-9'],
    ),
    gray: shades(
      ...['bg-subtle', 'bg-sunken', 'line', 'line-strong', 'line-strong'],
      ...['text-3', 'text-3', 'text-2', 'text', 'text'],
    ),
    dark: shades(
      ...['text', 'text-2', 'text-3', 'text-3', 'line-strong'],
      ...['bg-raised', 'bg-raised', 'bg-surface', 'bg-sunken', 'bg-app'],
    ),
    // As text, in menus too; filled it has a variable of its own below.
    red: shades(...Array<string>(10).fill('danger-text')),
  },
  radius: { xs: '4px', sm: '8px', md: '10px', lg: '12px', xl: '14px' },
  shadows: { xs: token('shadow-card'), sm: token('shadow-card'), md: token('shadow-pop') },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '15px', xl: '20px' },
  components: {
    Button: Button.extend({
      vars: (_, props) => ({
        root: {
          '--button-height': props.size === 'xs' ? '28px' : '32px',
          '--button-fz': '13px',
          '--button-padding-x': props.size === 'xs' ? '10px' : '13px',
        },
      }),
    }),
    Input: Input.extend({ vars: inputVars }),
    InputWrapper: Input.Wrapper.extend({ defaultProps: { inputWrapperOrder: inputOrder() } }),
    Modal: Modal.extend({
      defaultProps: {
        radius: 'xl',
        centered: true,
        overlayProps: { color: token('backdrop'), backgroundOpacity: 1 },
        transitionProps: { duration: 140, transition: 'pop' },
      },
    }),
    Drawer: Drawer.extend({
      defaultProps: {
        position: 'right',
        overlayProps: { color: token('backdrop'), backgroundOpacity: 1 },
        transitionProps: { duration: 180 },
      },
    }),
    // Its own resting place for the focus is no item, which a menu must consist of.
    Menu: Menu.extend({
      defaultProps: { ...pop, position: 'bottom-end', withInitialFocusPlaceholder: false },
    }),
    Popover: Popover.extend({ defaultProps: pop }),
    // By name: the lists themselves come with the pages that have them.
    Select: { defaultProps: selectDefaults },
    MultiSelect: { defaultProps: multiSelectDefaults },
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, withArrow: false } }),
  },
});

function inputOrder(): ('label' | 'input' | 'description' | 'error')[] {
  return ['label', 'input', 'error', 'description'];
}

// Mantine's own greys would leak in here and there: every semantic colour points at our tokens.
const semantic = {
  '--mantine-color-body': token('bg-surface'),
  '--mantine-color-text': token('text'),
  '--mantine-color-dimmed': token('text-3'),
  '--mantine-color-bright': token('text'),
  '--mantine-color-placeholder': token('text-3'),
  '--mantine-color-anchor': token('accent-text'),
  '--mantine-color-error': token('danger-text'),
  '--mantine-color-default': token('bg-raised'),
  '--mantine-color-default-hover': token('bg-subtle'),
  '--mantine-color-default-color': token('text'),
  '--mantine-color-default-border': token('line-strong'),
  '--mantine-color-disabled': token('bg-sunken'),
  '--mantine-color-disabled-color': token('text-3'),
  '--mantine-color-disabled-border': token('line'),
  '--mantine-color-accent-filled': token('accent'),
  '--mantine-color-accent-filled-hover': token('accent-7'),
  '--mantine-color-accent-light': token('accent-soft'),
  '--mantine-color-accent-light-hover': token('accent-soft'),
  '--mantine-color-accent-light-color': token('accent-text'),
  '--mantine-color-accent-text': token('accent-text'),
  '--mantine-color-accent-outline': token('accent-text'),
  '--mantine-primary-color-filled': token('accent'),
  '--mantine-primary-color-light-color': token('accent-text'),
  '--mantine-color-gray-text': token('text-2'),
  '--mantine-color-gray-light-color': token('text-2'),
  '--mantine-color-gray-light-hover': token('bg-hover'),
  '--mantine-color-gray-outline': token('text-2'),
  '--mantine-color-red-filled': token('danger'),
  '--mantine-color-red-filled-hover': token('danger-hover'),
  '--mantine-color-red-text': token('danger-text'),
  '--mantine-color-red-light-color': token('danger-text'),
};

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: semantic,
  dark: semantic,
});
