// Nothing typed is lost unasked: not by another page, not by closing the tab.
import { onScopeDispose, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { onBeforeRouteLeave, type RouteLocationNormalized } from 'vue-router'
import { ElMessageBox } from 'element-plus'
import 'element-plus/es/components/message-box/style/css'

/** `isOurs`: a change of address that keeps the form. Answers a question of the same kind: messages `key`, …Text, …Yes. */
export function useLeaving(isDirty: Ref<boolean>, isOurs: (to: RouteLocationNormalized) => boolean) {
  const { t } = useI18n()

  function agreed(key: string): Promise<boolean> {
    return ElMessageBox.confirm(t(`${key}Text`), t(key), {
      confirmButtonText: t(`${key}Yes`),
      cancelButtonText: t('words.do.cancel'),
      type: 'warning',
      closeOnHashChange: false, // the very thing that is asked about
    }).then(
      () => true,
      () => false,
    )
  }
  onBeforeRouteLeave((to) => !isDirty.value || isOurs(to) || agreed('desk.draft.leave'))
  const warn = (event: BeforeUnloadEvent): void => {
    if (isDirty.value) event.preventDefault()
  }
  window.addEventListener('beforeunload', warn)
  onScopeDispose(() => window.removeEventListener('beforeunload', warn))
  return { agreed }
}
