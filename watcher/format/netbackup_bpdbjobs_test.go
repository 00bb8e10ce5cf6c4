package format

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"backstop/app/backup"
)

// TestNetbackupBpdbjobs_readsLinesOfMegabytes: the parent stands behind all lines of the tries, far beyond what Match sees.
func TestNetbackupBpdbjobs_readsLinesOfMegabytes(t *testing.T) {
	const lines = 30_000
	var text strings.Builder
	text.WriteString(`7501,0,3,13,VMs-Lisboa,Weekly,vm-erp-1,media2.tide.example,1772323200,0000000600,1772323800,disk-a,1,,52428,1200,,100,4711,root,1,40,0,0,root,primary.tide.example,1,30,0,,,1,D:\,1,4712,disk-a,media2.tide.example,1772323200,0000000600,1772323800,13,file read failed,`)
	fmt.Fprintf(&text, "%d", lines)
	for range lines - 1 {
		text.WriteString(`,03/01/2026 00:01:00 - Info bpbkar(pid=7) sent D:\data\`)
	}
	text.WriteString(`,03/01/2026 00:09:00 - Error bpbrm(pid=8) socket read failed\, errno 62,52428,1200,7500,5120` + strings.Repeat(",", 30) + "\n")
	in := testInput(t, []byte(text.String()))
	f, err := Detect(head(t, in))
	if err != nil {
		t.Fatal(err)
	}
	for e, err := range f.Read(in) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Parent != "7500" || e.Error != "socket read failed, errno 62" || e.Outcome != backup.Failed || len(e.Log) > maxLog+1000 {
			t.Errorf("parent %q, error %q, outcome %s, %d bytes of log", e.Parent, e.Error, e.Outcome, len(e.Log))
		}
	}
}

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
