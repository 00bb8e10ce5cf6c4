package data

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"backstop/app/desk"
)

// BenchmarkMerge merges open incidents into the oldest of them, and takes them apart again, at two sizes.
func BenchmarkMerge(b *testing.B) {
	for _, n := range []int{500, 5_000} {
		b.Run(fmt.Sprintf("incidents=%d", n), func(b *testing.B) {
			s := fillIncidents(b, n)
			if _, err := s.write.Exec("UPDATE incidents SET state = 1, closing = 0"); err != nil {
				b.Fatal(err)
			}
			d := desk.New(desk.Parts{Store: s, Now: func() time.Time { return monday }, Log: slog.New(slog.DiscardHandler)})
			all, err := d.IncidentIDs(b.Context(), rosa, desk.IncidentQuery{})
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if err := d.Merge(b.Context(), rosa, desk.MergeRequest{Into: all[0], From: all}); err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				if err := d.Unmerge(b.Context(), rosa, all[0], nil); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
			}
		})
	}
}
