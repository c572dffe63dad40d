// Exit code 0: node_modules is what package-lock.json says. What npm wrote down there is compared, not every file.
import { readFileSync } from 'node:fs'

function packages(name) {
  try {
    return JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')).packages
  } catch {
    return {}
  }
}

const wanted = Object.entries(packages('package-lock.json')).filter(([path]) => path !== '')
const there = packages('node_modules/.package-lock.json')
const differs = wanted.some(([path, { version, optional }]) => there[path]?.version !== version && !(optional && !there[path]))
process.exitCode = wanted.length === 0 || differs ? 1 : 0
