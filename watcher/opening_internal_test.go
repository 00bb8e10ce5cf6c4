package watcher

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/csv"
	"flag"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"maps"
	"mime/quotedprintable"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
	"github.com/xuri/excelize/v2"

	"backstop/app/backup"
	"backstop/watcher/format"
)

var everyWrapping = flag.Bool("wrappings", false, "read every sample in every wrapping; else each in some")

// realExports is where exports of real tools lie on the machines that have them.
const realExports = "../../shared/samples"

// shelf is an intake that keeps executions under their keys, as the store does.
type shelf struct {
	*fakeDesk
	known map[backup.Key]string
}

func newShelf() *shelf { return &shelf{newFakeDesk(), map[backup.Key]string{}} }

func (s *shelf) Ingest(ctx context.Context, file backup.File, records iter.Seq2[backup.Execution, error]) (backup.FileResult, error) {
	n := 0
	res, err := s.fakeDesk.Ingest(ctx, file, func(yield func(backup.Execution, error) bool) {
		records(func(e backup.Execution, err error) bool {
			if err == nil {
				n++
				s.known[e.KeyUnder(e.Instance, file.ModTime, 0)] = fmt.Sprintln(e.Outcome, e.Kind, e.Routine, e.Client, e.Start.UTC(), e.End.UTC(), e.Bytes, e.Files, e.Code, e.Error)
			}
			return yield(e, err)
		})
	})
	if err == nil && res.Status == backup.Imported && n == 0 && !file.Container {
		res.Status = backup.Rejected // as the store has it
	}
	return res, err
}

// wrappings are the ways in which an export may arrive.
var wrappings = map[string]func(name, text string) string{
	"gz": func(_, text string) string { return packed(text) },
	"zst": func(_, text string) string {
		e, _ := zstd.NewWriter(nil)
		return string(e.EncodeAll([]byte(text), nil))
	},
	"zip": func(name, text string) string { return zipped("logs/"+name, text) },
	"attached": func(name, text string) string {
		return mailed("multipart/mixed; boundary=b1", "--b1\nContent-Type: text/plain\n\nSee the attached file.\n--b1\nContent-Type: application/octet-stream; name=\""+name+
			"\"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment\n\n"+lines(base64.StdEncoding.EncodeToString([]byte(text)))+"\n--b1--\n")
	},
	"zip attached": func(name, text string) string {
		return mailed("multipart/mixed; boundary=b1", "--b1\nContent-Type: application/zip\nContent-Transfer-Encoding: base64\n\n"+lines(base64.StdEncoding.EncodeToString([]byte(zipped(name, text))))+"\n--b1--\n")
	},
	"mailbox": func(name, text string) string {
		mail := "From keeper@tide.example Mon Mar  2 07:10:12 2026\n" + mailed("multipart/mixed; boundary=b1", "--b1\nContent-Type: application/octet-stream; name=x\nContent-Transfer-Encoding: base64\n\n"+
			lines(base64.StdEncoding.EncodeToString([]byte(text)))+"\n--b1--\n")
		return mail + "\nFrom MAILER-DAEMON Mon Mar  2 07:11:12 2026\nFrom: a@tide.example\nSubject: lunch\n\nAt noon?\n"
	},
	"forwarded": func(name, text string) string {
		return mailed("multipart/mixed; boundary=b0", "--b0\nContent-Type: text/plain\n\nfyi\n--b0\nContent-Type: message/rfc822\n\n"+
			mailed("multipart/mixed; boundary=b1", "--b1\nContent-Type: text/csv; name=\"x\"\nContent-Transfer-Encoding: base64\n\n"+lines(base64.StdEncoding.EncodeToString([]byte(text)))+"\n--b1--\n")+"\n--b0--\n")
	},
}

// letters are the ways in which a report stands in a mail's own text. Mails have no other line ends than LF here.
var letters = map[string]func(text string) string{
	"quoted-printable": func(text string) string {
		var b bytes.Buffer
		w := quotedprintable.NewWriter(&b)
		_, _ = w.Write([]byte(text))
		w.Close()
		return mailed("text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable", b.String())
	},
	"alternative": func(text string) string {
		return mailed("multipart/alternative; boundary=b1", "--b1\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"+lines(base64.StdEncoding.EncodeToString([]byte(text)))+
			"\n--b1\nContent-Type: text/html; charset=utf-8\n\n<html><body><pre>"+strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(text)+"</pre></body></html>\n--b1--\n")
	},
}

func mailed(contentType, body string) string {
	return "Received: from tide.example; Mon, 2 Mar 2026 08:00:02 +0000\nFrom: keeper@tide.example\nTo: desk@tide.example\nDate: Mon, 2 Mar 2026 08:00:00 +0000\nSubject: nightly\nMIME-Version: 1.0\nContent-Type: " +
		contentType + "\n\n" + body
}

func lines(s string) string {
	var b strings.Builder
	for chunk := range slices.Chunk([]byte(s), 76) {
		b.Write(chunk)
		b.WriteByte('\n')
	}
	return b.String()
}

func zipped(files ...string) string {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(files); i += 2 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: files[i], Method: zip.Deflate, Modified: modified})
		if err != nil {
			panic(err)
		}
		_, _ = io.WriteString(w, files[i+1])
	}
	z.Close()
	return b.String()
}

var modified = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

// TestReader_readsWrappedExportsAsTheyAre: every sample, in every wrapping, gives the executions that it gives by itself. An
// alert takes its mail's date.
func TestReader_readsWrappedExportsAsTheyAre(t *testing.T) {
	paths, _ := filepath.Glob("format/testdata/*/ok.log")
	more, _ := filepath.Glob(realExports + "/*/*")
	for i, path := range append(paths, more...) {
		n := 0
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		plain := readAlone(t, string(raw))
		for how, wrap := range wrappings {
			if n++; !*everyWrapping && n%len(wrappings) != i%len(wrappings) {
				continue
			}
			if d := cmp.Diff(plain.known, readAlone(t, wrap(filepath.Base(path), string(raw))).known); d != "" {
				t.Errorf("%s, %s (-plain +wrapped):\n%s", path, how, d)
			}
		}
		if len(raw) > longLetter && !*everyWrapping {
			continue
		}
		if strings.Contains(path, "alert-mail") || bytes.ContainsRune(raw, '\r') || strings.HasSuffix(path, ".eml") || !bytes.HasSuffix(raw, []byte("\n")) {
			continue
		}
		for how, wrap := range letters {
			if d := cmp.Diff(plain.known, readAlone(t, wrap(string(raw))).known); d != "" {
				t.Errorf("%s, %s (-plain +mailed):\n%s", path, how, d)
			}
		}
	}
}

// longLetter is more than a report that stands in a mail's own text has, in bytes.
const longLetter = 12 << 10

// readAlone reads one file's content by the real formats.
func readAlone(t *testing.T, content string) *shelf {
	t.Helper()
	s := newShelf()
	path := filepath.Join(t.TempDir(), "export")
	write(t, path, content)
	if err := os.Chtimes(path, modified, modified); err != nil {
		t.Fatal(err)
	}
	readInto(t, s, path)
	return s
}

func readInto(t *testing.T, s *shelf, path string) []backup.FileResult {
	t.Helper()
	results, _ := readKeeping(t, s, path)
	return results
}

// toldOnce asks the formats once about each head: a text is the same in every wrapping, and to tell it is most of the work.
var toldOnce = func() func(head []byte) (format.Format, error) {
	type answer struct {
		format format.Format
		err    error
	}
	told := map[string]answer{}
	return func(head []byte) (format.Format, error) {
		a, ok := told[string(head)]
		if !ok {
			a.format, a.err = format.Detect(head)
			told[string(head)] = a
		}
		return a.format, a.err
	}
}()

// readKeeping also gives the reader, which keeps what it imported.
func readKeeping(t *testing.T, s *shelf, path string) ([]backup.FileResult, *Reader) {
	t.Helper()
	r, err := NewReader(s, Settings{Folder: t.TempDir(), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	r.detect = toldOnce
	results, err := r.Read(t.Context(), backup.Source{Zone: "Europe/Lisbon"}, []string{path}, nil)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "spool", spoolFiles(t, r), nil)
	return results, r
}

// TestReader_readsPartsAgain: what came in an archive or a mail is kept for itself, and gives the same executions when it is read again
// without the container that it came in.
func TestReader_readsPartsAgain(t *testing.T) {
	const list, alert = "format/testdata/netbackup_csv/mixed.log", "format/testdata/urbackup_mail/ok.log"
	raw, letter := readFile(t, list), readFile(t, alert)
	containers := map[string]string{"page": pageOf(readFile(t, "format/testdata/veeam_mail/mixed.log")), "zip of a mail": zipped("a.eml", letters["alternative"](letter))}
	for how, wrap := range wrappings {
		containers[how] = wrap("jobs.csv", raw)
	}
	for how, wrap := range letters {
		containers[how] = wrap(letter)
	}
	for how, content := range containers {
		s, path := newShelf(), filepath.Join(t.TempDir(), "in")
		write(t, path, content)
		_, r := readKeeping(t, s, path)
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		again := newShelf()
		for _, in := range s.took {
			if in.file.Container {
				continue
			}
			file, records, err := r.Again(t.Context(), backup.Source{Zone: "Europe/Lisbon"}, in.file, func(int64) {})
			if err != nil {
				t.Fatalf("%s, %s: %v", how, in.file.Path, err)
			}
			if file.Format != in.file.Format || file.ModTime != in.file.ModTime {
				t.Errorf("%s: read as %s of %s, again as %s of %s", how, in.file.Format, in.file.ModTime, file.Format, file.ModTime)
			}
			if _, err := again.Ingest(t.Context(), file, records); err != nil {
				t.Fatal(err)
			}
		}
		if d := cmp.Diff(s.known, again.known); d != "" || len(s.known) == 0 {
			t.Errorf("%s: %d executions (-first +again):\n%s", how, len(s.known), d)
		}
	}
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// pageOf puts a text with tabs into a web page, as Veeam mails it: lines with one cell are blocks, others rows of tables.
func pageOf(text string) string {
	var b strings.Builder
	b.WriteString("<html><body>")
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		b.WriteString("<table><tr><td style=\"background-color: #fb9895\">" + strings.ReplaceAll(strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(line), "\t", "</td>\n<td nowrap><span>") + "</td></tr></table>\n")
	}
	return mailed("text/html; charset=utf-8", b.String()+"</body></html>")
}

// TestReader_readsAVeeamMailAsItsText: the web page that Veeam mails gives the machines that its text gives.
func TestReader_readsAVeeamMailAsItsText(t *testing.T) {
	text := readFile(t, "format/testdata/veeam_mail/mixed.log")
	plain := readAlone(t, text)
	if d := cmp.Diff(plain.known, readAlone(t, pageOf(text)).known); d != "" || len(plain.known) == 0 {
		t.Errorf("%d executions (-text +mail):\n%s", len(plain.known), d)
	}
}

// oneRun is what the readers' test format reads: see newTestReader.
const oneRun = "diary\nrun 1 success\n"

// TestReader_saysWhatIsWrongInsideAContainer: each of these ends in a sentence, and nothing else of the container is lost.
func TestReader_saysWhatIsWrongInsideAContainer(t *testing.T) {
	bomb := zipped("a.log", strings.Repeat("a", 8<<20), "b.log", oneRun)
	for name, c := range map[string]struct {
		content string
		want    []string // status, path inside, reason or notes
	}{
		"names that lead out": {zipped("../../etc/passwd", oneRun, `..\x.log`, oneRun, "/abs.log", oneRun, "C:/x.log", oneRun, "ok.log", oneRun), []string{
			"imported  a zip with: 1 imported, 4 not read",
			"rejected › ../../etc/passwd its name leads out of the archive, so it is not read",
			`rejected › ..\x.log its name leads out of the archive, so it is not read`,
			"rejected › /abs.log its name leads out of the archive, so it is not read",
			"rejected › C:/x.log its name leads out of the archive, so it is not read",
			"imported › ok.log ",
		}},
		"two of one name, one content": {zipped("a.log", oneRun, "a.log", oneRun), []string{
			"imported  a zip with: 1 imported, 1 known already", "imported › a.log ", "duplicate › a.log (2) ",
		}},
		"an archive in an archive": {zipped("in.zip", zipped("a.log", oneRun), "in.gz", packed(oneRun)), []string{
			"rejected  nothing in the zip can be read; in.zip: it is an archive inside an archive, which is not opened; unpack the outer one and import what it holds",
			"rejected › in.zip it is an archive inside an archive, which is not opened; unpack the outer one and import what it holds",
			"rejected › in.gz it is an archive inside an archive, which is not opened; unpack the outer one and import what it holds",
		}},
		"a bomb": {bomb, []string{
			"rejected  nothing in the zip can be read; a.log: it unpacks to far more than a log does",
			"rejected › a.log it unpacks to far more than a log does", "rejected › b.log it unpacks to far more than a log does",
		}},
		"an Office document": {zipped("[Content_Types].xml", "<x/>"), []string{"rejected  it is an Office document and no workbook; save the table as .xlsx or CSV"}},
		"a zip that is cut":  {zipped("a.log", oneRun)[:60], []string{"rejected  it is packed by zip and cannot be unpacked: zip: not a valid zip file"}},
		"an empty zip":       {zipped(), []string{"rejected  the zip holds no file"}},
		"litter":             {zipped("__MACOSX/._a.log", "x", "dir/", "", "a.log", oneRun), []string{"imported  a zip with: 1 imported", "imported › a.log "}},
		"an unrelated mail":  {mailed("multipart/mixed; boundary=b", "--b\nContent-Type: text/plain\n\nAt noon?\n--b\nContent-Type: image/png\n\nx\n--b--\n"), []string{"rejected  no known export begins like this"}},
		"a letter and two reports": {mailed("multipart/mixed; boundary=b", "--b\nContent-Type: text/plain\n\nSee below.\n--b\nContent-Type: text/csv; name=\"=?utf-8?Q?=C3=BCber.csv?=\"\n\n"+oneRun+
			"--b\nContent-Disposition: attachment; filename*=utf-8''b%20c.log\nContent-Transfer-Encoding: quoted-printable\n\ndiary\nrun 2 suc=\ncess\n--b\nContent-Type: application/pdf\n\n%PDF-1.4\n--b--\n"), []string{
			"imported  a mail with: 2 imported, 1 not read", "imported › über.csv ", "imported › b c.log ",
			"rejected › part 4 it is a PDF, which is made to be printed; export the same report as CSV or text",
		}},
		"tables of a page": {"<html><head><title>x</title></head><body><h1>Jobs</h1><table><tr><th>Name</th></tr></table><table><tr><td>diary</td></tr><tr><td>run 1 success</td></tr></table></body></html>", []string{
			"imported  a page with: 1 imported", "imported › table 2 ",
		}},
		"7-Zip": {"7z\xbc\xaf\x27\x1c\x00\x04", []string{"rejected  it is a 7-Zip archive; unpack it, or pack the exports as .zip, .gz or .zst"}},
	} {
		t.Run(name, func(t *testing.T) {
			d, path := newFakeDesk(), filepath.Join(t.TempDir(), "in")
			write(t, path, c.content)
			r := newTestReader(t, d)
			results, err := r.Read(t.Context(), byHand, []string{path}, nil)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, res := range results {
				_, inside, _ := strings.Cut(res.Path, path)
				said := res.Reason
				if res.Holds > 0 && said == "" {
					said = strings.Join(res.Notes, "; ")
				}
				got = append(got, fmt.Sprintf("%s %s %s", res.Status, strings.TrimSpace(inside), said))
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			same(t, "spool", spoolFiles(t, r), nil)
		})
	}
}

// TestReader_knowsThePackedContent: what was read plain is a duplicate when it comes packed, and the other way round.
func TestReader_knowsThePackedContent(t *testing.T) {
	for how, wrap := range wrappings {
		d, folder := newFakeDesk(), t.TempDir()
		r := newTestReader(t, d)
		write(t, filepath.Join(folder, "a"), oneRun)
		write(t, filepath.Join(folder, "b"), wrap("a.log", oneRun))
		results, err := r.Read(t.Context(), byHand, []string{folder}, nil)
		if err != nil {
			t.Fatal(err)
		}
		known := 0
		for _, res := range results {
			if res.Status == backup.Duplicate && res.Holds == 0 {
				known++
			}
		}
		if known != 1 || len(d.imports()) != 1 {
			t.Errorf("%s: %+v", how, results)
		}
	}
}

// TestReader_opensAGrowingMailboxAgain: of a mailbox that has grown only the new mail is new.
func TestReader_opensAGrowingMailboxAgain(t *testing.T) {
	d, path := newFakeDesk(), filepath.Join(t.TempDir(), "mails")
	mail := func(n int) string {
		return fmt.Sprintf("From a@tide.example Mon Mar  2 07:10:12 2026\nFrom: a@tide.example\nSubject: runs\n\ndiary\nrun %d success\n\n", n)
	}
	for _, content := range []string{mail(1) + mail(2), mail(1) + mail(2) + mail(3)} {
		write(t, path, content)
		if _, err := newTestReader(t, d).Read(t.Context(), byHand, []string{path}, nil); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "imports", d.imports(), []string{"mails › 1: 1 success", "mails › 2: 2 success", "mails: ", "mails › 3: 3 success", "mails: "})
	if !d.last().file.Container || d.last().file.Prefix == 0 {
		t.Errorf("the mailbox is %+v", d.last().file)
	}
}

// TestReader_looksIntoContainers: who teaches a file that was refused inside a container sees that file.
func TestReader_looksIntoContainers(t *testing.T) {
	const odd = "wann;was;wie\n2026-03-01 21:00:00;nachts;gut\n"
	path := filepath.Join(t.TempDir(), "in")
	for inside, content := range map[string]string{
		"":             odd,
		" › b.csv":     zipped("a.csv", "x;y\n", "b.csv", odd),
		" › 1 › b.csv": "From a@b Mon Mar  2 07:10:12 2026\n" + mailed("multipart/mixed; boundary=q", "--q\nContent-Type: text/csv; name=b.csv\n\n"+odd+"--q--\n"),
		" › table 1":   "<table><tr><td>wann</td><td>was</td><td>wie</td></tr><tr><td>2026-03-01</td><td>nachts</td><td>gut</td></tr></table>",
		" › in":        packed(odd),
		" › Jobs":      sheeted(t, "Cover", [][]any{{"a title"}}, "Jobs", oddRows),
	} {
		write(t, path, content)
		s, _, err := newTestReader(t, newFakeDesk()).Look(t.Context(), byHand, path+inside, backup.Mapping{})
		if err != nil || len(s.Columns) != 3 || s.Columns[0] != "wann" || s.Path != path+inside {
			t.Errorf("%q: %v %+v", inside, err, s)
		}
	}
}

var oddRows = [][]any{{"wann", "was", "wie"}, {modified, "nachts", "gut"}}

// sheeted is a workbook of sheets: the name of each, and its rows.
func sheeted(t *testing.T, sheets ...any) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i := 0; i+1 < len(sheets); i += 2 {
		name, rows := sheets[i].(string), sheets[i+1].([][]any)
		if i == 0 {
			_ = f.SetSheetName("Sheet1", name)
		} else if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for n, cells := range rows {
			if err := f.SetSheetRow(name, fmt.Sprintf("A%d", n+1), &cells); err != nil {
				t.Fatal(err)
			}
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestReader_readsSeveralFormatsOfOneFile: an archive and a mail with exports of several tools give what these give one by one.
func TestReader_readsSeveralFormatsOfOneFile(t *testing.T) {
	var files []string
	parts, want := "", map[backup.Key]string{}
	for i, name := range []string{"netbackup_csv", "restic_json", "bacula_report", "veeam_csv"} {
		text := readFile(t, "format/testdata/"+name+"/ok.log")
		maps.Copy(want, readAlone(t, text).known)
		files = append(files, fmt.Sprintf("%d/export.log", i), text)
		parts += "--b1\nContent-Type: application/octet-stream; name=export.log\nContent-Transfer-Encoding: base64\n\n" + lines(base64.StdEncoding.EncodeToString([]byte(text))) + "\n"
	}
	for how, content := range map[string]string{"zip": zipped(files...), "mail": mailed("multipart/mixed; boundary=b1", parts+"--b1--\n")} {
		if d := cmp.Diff(want, readAlone(t, content).known); d != "" || len(want) < 4 {
			t.Errorf("%s: %d executions (-one by one +together):\n%s", how, len(want), d)
		}
	}
}

// TestReader_refusesALargeMail by the limit of the settings, like any file.
func TestReader_refusesALargeMail(t *testing.T) {
	d, path := newFakeDesk(), filepath.Join(t.TempDir(), "large.eml")
	write(t, path, mailed("multipart/mixed; boundary=b1", "--b1\nContent-Type: text/csv; name=runs.log\n\n"+strings.Repeat(oneRun, 1<<16)+"\n--b1--\n"))
	r := newTestReader(t, d)
	r.spool.max = 1 << 20
	if _, err := r.Read(t.Context(), byHand, []string{path}, nil); err != nil {
		t.Fatal(err)
	}
	same(t, "rejected", d.rejected["large.eml"], []string{"it is larger than 1 MiB, the limit of the settings"})
	same(t, "spool", spoolFiles(t, r), nil)
}

// TestReader_readsAWorkbook: a sheet is read by the format that its table is in, or by a mapping, as the same table is as CSV. Sheets that
// are no exports are passed over where one is, and offered to who teaches.
func TestReader_readsAWorkbook(t *testing.T) {
	const list = "format/testdata/netbackup_csv/ok.log"
	records, err := csv.NewReader(strings.NewReader(readFile(t, list))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]any
	for _, record := range records {
		var cells []any
		for _, c := range record {
			cells = append(cells, c)
		}
		rows = append(rows, cells)
	}
	plain := readAlone(t, readFile(t, list))
	book := sheeted(t, "Cover", [][]any{{"Jobs of the night"}}, "Jobs", rows)
	for how, content := range map[string]string{"plain": book, "zip": zipped("jobs.xlsx", book)} {
		if d := cmp.Diff(plain.known, readAlone(t, content).known); d != "" || len(plain.known) == 0 {
			t.Errorf("%s: %d executions (-csv +workbook):\n%s", how, len(plain.known), d)
		}
	}
	d, path := newFakeDesk(), filepath.Join(t.TempDir(), "in")
	write(t, path, sheeted(t, "Cover", [][]any{{"a title"}}, "Jobs", oddRows))
	r := newTestReader(t, d)
	results, err := r.Read(t.Context(), byHand, []string{path}, nil)
	if err != nil || len(results) != 1 || results[0].Reason != "no known export begins like this" {
		t.Fatalf("%v %+v", err, results)
	}
	s, _, err := r.Look(t.Context(), byHand, path, backup.Mapping{})
	if err != nil || s.Path != path+" › Cover" || !slices.Equal(s.Beside, []string{path + " › Cover", path + " › Jobs"}) {
		t.Errorf("%v %+v", err, s)
	}
}
