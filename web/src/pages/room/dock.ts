// On a phone the bid box is fixed at the bottom: the page gets as much air below, and the box stays above the keyboard.
import { onBeforeUnmount, onMounted, type Ref } from 'vue'

export function useDock(box: Readonly<Ref<HTMLElement | null | undefined>>): void {
  const observer = new ResizeObserver(place)
  const viewport = window.visualViewport

  function place(): void {
    const element = box.value
    if (!element) return
    const isDocked = getComputedStyle(element).position === 'fixed'
    document.body.style.paddingBottom = isDocked ? `${element.offsetHeight}px` : ''
    const hidden = viewport ? window.innerHeight - viewport.height - viewport.offsetTop : 0
    element.style.setProperty('--keyboard', `${Math.max(0, Math.round(hidden))}px`)
  }
  onMounted(() => {
    if (box.value) observer.observe(box.value)
    window.addEventListener('resize', place)
    viewport?.addEventListener('resize', place)
    viewport?.addEventListener('scroll', place)
    place()
  })
  onBeforeUnmount(() => {
    observer.disconnect()
    window.removeEventListener('resize', place)
    viewport?.removeEventListener('resize', place)
    viewport?.removeEventListener('scroll', place)
    document.body.style.paddingBottom = ''
  })
}
