export default {
  name: '竞价室',
}
