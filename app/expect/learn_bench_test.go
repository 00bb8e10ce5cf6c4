package expect_test

import (
	"testing"
	"time"

	"backstop/app/expect"
)

// A year of daily runs is learned from in the time that a person waits for a window.
func BenchmarkLearn(b *testing.B) {
	starts := happened(b, expect.Expectation{Cron: "0 22 * * *", Zone: "Europe/Lisbon"}, 365, 10*time.Minute, 0.02, 1)
	for b.Loop() {
		if _, ok := expect.Learn(starts, "Europe/Lisbon"); !ok {
			b.Fatal("nothing was learned")
		}
	}
}
