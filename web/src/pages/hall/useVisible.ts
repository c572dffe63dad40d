// Whether something is on the screen, or nearly.
import { onBeforeUnmount, onMounted, shallowRef, type Ref, type ShallowRef } from 'vue'

export function useVisible(element: Readonly<Ref<HTMLElement | null>>): ShallowRef<boolean> {
  const isVisible = shallowRef(false)
  let observer: IntersectionObserver | undefined
  onMounted(() => {
    observer = new IntersectionObserver(([entry]) => (isVisible.value = entry!.isIntersecting), { rootMargin: '300px' })
    if (element.value) observer.observe(element.value)
  })
  onBeforeUnmount(() => observer?.disconnect())
  return isVisible
}
