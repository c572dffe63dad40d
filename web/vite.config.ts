// The page is built once and committed (web/dist); `vite` alone serves it while developing, with the server behind it.
import vue from '@vitejs/plugin-vue'
import Components from 'unplugin-vue-components/vite'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import { defineConfig } from 'vitest/config'

const server = process.env.EBB_SERVER ?? 'http://127.0.0.1:8080'

export default defineConfig({
  base: './', // works under any sub-path: every address in the page is relative
  plugins: [
    vue(),
    // Only the Element Plus components that are used, each with its own style file (CSP allows files only).
    Components({ dts: false, dirs: [], resolvers: [ElementPlusResolver({ importStyle: 'css', directives: true })] }),
  ],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // fonts and pictures stay files: the CSP needs no data: for them
    modulePreload: { polyfill: false }, // the polyfill would be an inline script in some builds; es2022 browsers need none
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': { target: server, ws: true } } },
  test: { include: ['tests/**/*.test.ts'] },
})
