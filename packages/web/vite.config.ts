import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from './build/precompress.ts';
import { slimContract } from './build/slim-contract.ts';

/** Where `vite` sends API calls while developing; `npm start` serves the built files and the API from one origin. */
const server = process.env.GANTRY_URL ?? 'http://127.0.0.1:7007';
const proxy = Object.fromEntries(['/v1', '/api', '/healthz', '/readyz'].map((path) => [path, { target: server }]));

export default defineConfig({
  root: import.meta.dirname,
  plugins: [slimContract(), react(), precompress()],
  server: { proxy },
  preview: { proxy },
  build: {
    target: 'es2022',
    manifest: true,
    // Nothing inline: the content-security policy allows neither `data:` fonts nor inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
