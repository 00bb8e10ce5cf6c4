package data

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"backstop/app/desk"
)

// BenchmarkMerge merges open incidents into the oldest of them, with progress, and takes them apart again, at two sizes: one incident
// costs the same whatever the size.
func BenchmarkMerge(b *testing.B) {
	each := map[int]float64{} // size → seconds an incident
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
				told := 0
				if err := d.MergeAll(b.Context(), rosa, []desk.MergeRequest{{Into: all[0], From: all}}, func(int, int) { told++ }); err != nil || told != n {
					b.Fatal(told, err)
				}
				b.StopTimer()
				if err := d.Unmerge(b.Context(), rosa, all[0], nil); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
			}
			each[n] = b.Elapsed().Seconds() / float64(b.N*n)
			if small := each[500]; n > 500 && small > 0 {
				b.ReportMetric(each[n]/small, "x-each-of-500")
			}
		})
	}
}
