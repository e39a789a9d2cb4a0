import { defineConfig, mergeConfig } from 'vitest/config';
import tests from './vitest.config.ts';

/** The page's icons are drawn anew when its favicon changes. */
const config = mergeConfig(tests, defineConfig({}));
config.test!.include = ['icons.ts'];
export default config;
