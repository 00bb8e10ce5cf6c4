package main

import (
	"bufio"
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"backstop/app/desk"
)

// writeNetbackup writes n jobs in the layout of bpdbjobs -most_columns; one in fifty failed.
func writeNetbackup(tb testing.TB, path string, n int) {
	tb.Helper()
	f, err := os.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	r := rand.New(rand.NewPCG(1, 2))
	codes := []int{58, 84, 96, 156, 6, 13}
	for i := range n {
		status := 0
		if i%50 == 7 {
			status = codes[r.IntN(len(codes))]
		}
		start := 1772323200 + i*3
		elapsed := 20 + r.IntN(4000)
		client := fmt.Sprintf("client%04d.example.org", i%2000)
		fmt.Fprintf(w, "%d,0,3,%d,POL_%03d,Full,%s,media%d.example.org,%d,%010d,%d,STU_%d,1,,%d,%d,/srv/data,100,%d,root,1,13,0,0,,primary.example.org,1,37,0,,,0,1,%d,%d,,,,,,,,,,,1,,,1,0,0,%s_%d,,,0,0, ,50.0,10.0,,,%d,, ,0,,58.3,31.4\n",
			100000+i, status, i%400, client, i%7, start, elapsed, start+elapsed, i%9, 1000+r.IntN(99999999), 10+r.IntN(999999), 20000+i%9999, 100000+i, 1000+r.IntN(99999), client, start, i)
	}
	if err := w.Flush(); err != nil {
		tb.Fatal(err)
	}
}

// program builds the command line once, so that whole processes are measured.
func program(tb testing.TB) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "backstop")
	out, err := exec.Command("go", "build", "-tags", "sqlite_fts5 headless", "-o", path, ".").CombinedOutput()
	if err != nil {
		tb.Fatalf("go build: %v\n%s", err, out)
	}
	return path
}

// measure runs a process to its end and gives its time and its largest memory in MiB.
func measure(tb testing.TB, stdin, name string, args ...string) (time.Duration, float64) {
	tb.Helper()
	var out bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &out, &out
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	ended, most := make(chan struct{}), make(chan float64, 1)
	go func() { most <- peakMemory(cmd.Process.Pid, ended) }()
	err := cmd.Wait()
	took := time.Since(begin)
	close(ended)
	if err != nil {
		tb.Fatalf("%s: %v\n%s", name, err, &out)
	}
	return took, <-most
}

// peakMemory is the most memory of a process in MiB, read from Linux every few milliseconds while it runs. What a process leaves at its
// end is no use: it counts the memory of the test that started it.
func peakMemory(pid int, ended <-chan struct{}) (most float64) {
	often := time.NewTicker(5 * time.Millisecond)
	defer often.Stop()
	for {
		select {
		case <-ended:
			return most
		case <-often.C:
			status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
			_, peak, _ := strings.Cut(string(status), "VmHWM:")
			var kib float64
			if n, _ := fmt.Sscan(peak, &kib); n == 1 {
				most = max(most, kib/1024)
			}
		}
	}
}

// BenchmarkImport compares an import with sqlite3's own `.import` of every row of every table that the import writes, with
// the same indexes and the same synchronous setting (DESIGN.md 12), at two sizes; then the same file again.
func BenchmarkImport(b *testing.B) {
	if _, err := exec.LookPath("sqlite3"); err != nil {
		b.Fatal("the comparison needs the sqlite3 command: install the package sqlite3")
	}
	bin := program(b)
	for _, n := range []int{20_000, 200_000} {
		b.Run(fmt.Sprintf("rows=%d", n), func(b *testing.B) {
			file := filepath.Join(b.TempDir(), "jobs.txt")
			writeNetbackup(b, file, n)
			for b.Loop() {
				dir := b.TempDir()
				db := filepath.Join(dir, "x.db")
				ours, memory := measure(b, "", bin, "import", "--db", db, "--zone", "UTC", file)
				again, _ := measure(b, "", bin, "import", "--db", db, "--zone", "UTC", file)
				peer := peerImport(b, db, filepath.Join(dir, "peer.db"))
				b.ReportMetric(float64(ours)/float64(peer), "x-sqlite3.import")
				b.ReportMetric(float64(again)/float64(ours), "x-again")
				b.ReportMetric(memory, "MiB")
				b.ReportMetric(float64(n)/ours.Seconds(), "rows/s")
			}
		})
	}
}

// peerImport has sqlite3 import every row of db into an empty database with the same tables and indexes.
func peerImport(b *testing.B, db, peer string) time.Duration {
	b.Helper()
	dir := filepath.Dir(peer)
	sqlite := func(file, script string) time.Duration {
		took, _ := measure(b, script, "sqlite3", "-bail", file)
		return took
	}
	const plain = "FROM sqlite_schema WHERE sql IS NOT NULL AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'incidents_text%'"
	sqlite(db, fmt.Sprintf(".mode list\n.once %s/tables\nSELECT name %s AND type = 'table';\n.once %s/schema\nSELECT sql || ';' %s;\n", dir, plain, dir, plain))
	tables, schema := readText(b, dir+"/tables"), readText(b, dir+"/schema")
	// a CSV has no NULL, so the same tables and indexes without types and uniqueness
	schema = strings.NewReplacer(" STRICT, WITHOUT", " WITHOUT", " STRICT;", ";", "CREATE UNIQUE INDEX", "CREATE INDEX").Replace(schema)
	export, load := ".headers off\n.mode csv\n", "PRAGMA synchronous = FULL;\n.mode csv\n"
	for _, t := range strings.Fields(tables) {
		export += fmt.Sprintf(".once %s/%s.csv\nSELECT * FROM %s;\n", dir, t, t)
		load += fmt.Sprintf(".import %s/%s.csv %s\n", dir, t, t)
	}
	sqlite(db, export)
	sqlite(peer, "PRAGMA journal_mode = WAL;\n"+schema)
	return sqlite(peer, load)
}

func readText(tb testing.TB, path string) string {
	tb.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	return string(raw)
}

// BenchmarkImportInProcess is for profiles.
func BenchmarkImportInProcess(b *testing.B) {
	file := filepath.Join(b.TempDir(), "jobs.txt")
	writeNetbackup(b, file, 200_000)
	for b.Loop() {
		a, err := New(b.Context(), Options{DB: filepath.Join(b.TempDir(), "x.db")})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := a.Desk.Import(b.Context(), desk.Actor{Name: "bench"}, desk.ImportRequest{Zone: "UTC", Paths: []string{file}, ImportRules: desk.ImportRules{OpenAll: true}}, nil); err != nil {
			b.Fatal(err)
		}
		if err := a.Stop(); err != nil {
			b.Fatal(err)
		}
	}
}
