export default {
  name: 'Bidding room',
}
