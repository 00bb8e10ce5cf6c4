package format

import (
	"bytes"
	"fmt"
	"testing"
)

// BenchmarkNetbackupBpdbjobs reads 20,000 jobs a round, one in fifty of them failed.
func BenchmarkNetbackupBpdbjobs(b *testing.B) {
	const jobs = 20_000
	f, in := netbackupExport(b, jobs)
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for _, err := range f.Read(in) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != jobs {
			b.Fatalf("read %d jobs, want %d", n, jobs)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*jobs), "ns/job")
}

func netbackupExport(tb testing.TB, jobs int) (Format, *Input) {
	tb.Helper()
	var text bytes.Buffer
	for i := range jobs {
		status := 0
		if i%50 == 0 {
			status = 58
		}
		start := 1772323200 + i*30
		fmt.Fprintf(&text, `%d,0,3,%d,Files-%d,Nightly,fs-%d.tide.example,media2.tide.example,%d,0000000600,%d,disk-a,1,,52428,1200,C:\data\,100,4711,root,1,0,1,0,root,primary.tide.example,1,30,0,,,0,0,%d,5120,,,,,,,,,,,1,,,1,0,0,fs-%d_%d,,,0,0, ,73.5,,,,90021,,,,0,,12.25`+"\n",
			i+1, status, i%40, i%300, start, start+600, i+1, i%300, start)
	}
	in := testInput(tb, text.Bytes())
	f, err := Detect(head(tb, in))
	if err != nil {
		tb.Fatal(err)
	}
	return f, in
}
