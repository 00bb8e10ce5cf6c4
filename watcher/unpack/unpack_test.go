package unpack

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPageText(t *testing.T) {
	for name, c := range map[string]struct{ page, want string }{
		"a table":          {"<table>\n<tr><th>Name</th><th>Status</th></tr>\n<tr><td>nightly <b>full</b></td><td> ok&nbsp;</td></tr></table>", "Name\tStatus\nnightly full\tok\n"},
		"empty cells":      {"<table><tr><td></td><td>a</td><td></td></tr></table>", "\ta\t\n"},
		"lines":            {"<p>one<br>two</p><div>three</div> four", "one\ntwo\nthree\nfour\n"},
		"breaks in a cell": {"<tr><td>a<br>b</td><td>c<br>d</td></tr>", "a\nb\tc d\n"},
		"a log":            {"<pre>  INFO: x\n  ERROR: &lt;y&gt;\n</pre>end", "  INFO: x\n  ERROR: <y>\nend\n"},
		"what is hidden":   {"<html><head><title>t</title><style>p{}</style></head><script>x</script>seen</html>", "seen\n"},
		"tables in tables": {"<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>", "a\tb\n"},
		"blocks in cells":  {"<table><tr><td><div>a</div></td><td><p>b</p></td></tr></table>", "a\tb\n"},
		"a mail's header":  {"Subject: x\nDate: y\n\n<p>a\nb</p>", "Subject: x\nDate: y\n\na b\n"},
		"nothing closed":   {"<table><tr><td>a<td>b<tr><td>c", "a\tb\nc\n"},
	} {
		got, err := io.ReadAll(PageText(strings.NewReader(c.page)))
		if d := cmp.Diff(c.want, string(got)); d != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, d)
		}
	}
}

func TestIsPage(t *testing.T) {
	for text, want := range map[string]bool{
		"<!DOCTYPE html>\n<html>": true, "  <table border=1>": true, "Subject: x\nDate: y\n\n<html>": true, "<?xml version='1.0'?><html>": true,
		"<?xml version='1.0'?><jobs>": false, "a <b>": false, "<pre-check> failed": true, "<<<veeam_jobs>>>": false,
	} {
		if got := IsPage([]byte(text)); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

func TestPost(t *testing.T) {
	for text, want := range map[string]string{
		"From a@b Mon Mar  2 07:10:12 2026\nSubject: x\n\n":                               "mailbox",
		"From - Mon, 2 Mar 2026 07:10:12\r\nX-Mozilla-Status: 0001\r\n\r\n":               "mailbox",
		"From here on all is well\nit: says\n":                                            "",
		"From: a@b\nSubject: x\nContent-Type: multipart/mixed;\n boundary=\"q\"\n\n--q\n": "mail",
		"From: a@b\nSubject: x\nContent-Transfer-Encoding: Quoted-Printable\n\nx":         "mail",
		"From: a@b\nSubject: x\nContent-Type: text/plain\n\nx":                            "",
		"Content-Transfer-Encoding: base64\n\nx":                                          "",
		"From: a@b\nSubject: x\nContent-Type: text/plain; format=flowed\n\nx":             "mail",
	} {
		c, _ := Post([]byte(text))
		if c.Kind != want {
			t.Errorf("%q: %q, want %q", text, c.Kind, want)
		}
	}
}

func TestMailMembers_decode(t *testing.T) {
	const head = "From: a@b\nSubject: =?utf-8?Q?n=C3=A4chtlich?=\n folded\nDate: Mon, 2 Mar 2026 08:00:00 +0100\n"
	const top = "From: a@b\nDate: Mon, 2 Mar 2026 08:00:00 +0100\nSubject: nächtlich folded\n\n"
	for name, c := range map[string]struct{ body, want string }{
		"quoted-printable":   {"Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n=FCber a=3Db =\nc=  \n=ZZ=", "text: " + top + "über a=b c=ZZ"},
		"base64 that is cut": {"Content-Transfer-Encoding: base64\n\nYWJj\nZGVm!\nZ", "text: " + top + "abcdef"},
		"flowed":             {"Content-Type: text/plain; format=flowed\n\none \ntwo\n  three\n-- \nx \n", "text: " + top + "one two\n three\n-- \nx "},
		"parts that are cut": {"Content-Type: multipart/mixed; boundary=q\n\n--q\n\none\n--q\nContent-Type: text/csv; name=a.csv\n\nx,y", "text: " + top + "one|a.csv: x,y"},
		"no parts":           {"Content-Type: multipart/mixed; boundary=q\n\nnothing", ""},
	} {
		mail := head + c.body
		var got []string
		for m, err := range (Container{members: mailMembers}).Members(strings.NewReader(mail), int64(len(mail))) {
			if err != nil {
				t.Fatal(err)
			}
			text, err := io.ReadAll(m.Content)
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			got = append(got, fmt.Sprintf("%s: %s", m.Name, text))
		}
		if d := cmp.Diff(c.want, strings.Join(got, "|")); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

func TestUnquoted(t *testing.T) {
	const text = "he wrote:\n> one\n>> two\n>three\n> > four\n"
	got, _ := io.ReadAll(Unquoted(strings.NewReader(text)))
	if !IsQuoted([]byte(text)) || string(got) != "he wrote:\none\ntwo\nthree\nfour\n" {
		t.Errorf("%q", got)
	}
}

// FuzzMembers: whatever the bytes, opening ends, and yields no more than it could hold.
func FuzzMembers(f *testing.F) {
	for _, seed := range []string{
		"From a@b Mon Mar  2 07:10:12 2026\nSubject: x\n\n>From a\n\nFrom b Mon Mar  2 07:10:12 2026\nSubject: y\n\nb\n",
		"From: a@b\nSubject: x\nContent-Type: multipart/mixed; boundary=q\n\n--q\nContent-Transfer-Encoding: base64\n\nYWJj\n--q--\n",
		"<table><tr><td>a</td></tr></table>", "\x1f\x8b\x08\x00", "PK\x03\x04", "\x28\xb5\x2f\xfd",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		c, ok := Packed(raw)
		if !ok {
			c, ok = Post(raw)
		}
		if !ok && IsPage(raw) {
			c, ok = Tables, true
		}
		if !ok {
			return
		}
		const most = 64 << 20
		left := int64(most)
		for m, err := range c.Members(bytes.NewReader(raw), int64(len(raw))) {
			if err != nil || m.Content == nil {
				continue
			}
			n, _ := io.Copy(io.Discard, io.LimitReader(m.Content, left+1))
			if left -= n; left < 0 {
				return
			}
		}
	})
}
