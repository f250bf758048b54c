package items

// permutation returns the numbers 0…n-1 in the order that belongs to the seed
// and the stream, for ever: papers frozen years ago are shown again by it, so
// this file is never changed. A different order would be a new function.
//
// The generator is splitmix64 (additive step 0x9e3779b97f4a7c15, two xor-shift
// multiplications), started at seed + step·(stream+1) put through one mixing;
// the shuffle is Fisher–Yates from the end, drawing next() mod (i+1). The bias of
// the modulus is below 2^-50 for any number of options.
func permutation(seed, stream uint64, n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	state := mix64(seed + splitmixStep*(stream+1))
	for i := n - 1; i > 0; i-- {
		state += splitmixStep
		j := int(mix64(state) % uint64(i+1))
		order[i], order[j] = order[j], order[i]
	}
	return order
}

const splitmixStep = 0x9e3779b97f4a7c15

func mix64(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
