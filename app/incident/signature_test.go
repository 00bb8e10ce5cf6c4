package incident

import (
	"strings"
	"testing"
)

func TestSignature(t *testing.T) {
	tests := []struct{ name, code, text, want string }{
		{"numbers", "", "Processed 1,204 of 88213 files (97.5%)", "processed <n> of <n> files (<n>%)"},
		{"the tool's code", "2106", "Disk storage server is down", "2106 disk storage server is down"},
		{"a code in words", "", "Backup failed with exit code 12 after 30 retries", "backup failed with exit code 12 after <n> retries"},
		{"a status", "", "media write error, status: 84, tape 000417", "media write error, status: 84, tape <n>"},
		{"codes of a product", "", "RMAN-03009: failure of backup command, ORA-19502 on block 4711", "rman-03009: failure of backup command, ora-19502 on block <n>"},
		{"a code with a letter behind", "", "ANS1228E Sending of object 17 failed", "ans1228e sending of object <n> failed"},
		{"a hexadecimal code", "", "VSS writer failed 0x800423F4 in session 9918", "vss writer failed 0x800423f4 in session <n>"},
		{"a date and a time", "", "2026-03-02 01:15:09.331 job 88 aborted", "<time> job <n> aborted"},
		{"an ISO instant", "", "at 2026-03-02T01:15:09Z lost", "at <time> lost"},
		{"other dates", "", "on 02/03/2026, 2.3.2026 and 12-Mar-2026 at 1:05 PM", "on <time>, <time> and <time> at <time>"},
		{"a date in words", "", "since Mon Mar 02, then Mar 3, 2026; may fail", "since <time>, then <time>; may fail"},
		{"a path", "", "cannot open /srv/data/2026/a.db: gone", "cannot open <path>: gone"},
		{"a Windows path", "", `cannot open C:\Data\Old\x7.bak, D:/more`, "cannot open <path>, <path>"},
		{"a share", "", `no access to \\filer02\backup$\daily`, "no access to <path>"},
		{"a quoted path with blanks", "", `cannot read "E:\Program Files\App 2\x.dat" now`, "cannot read <path> now"},
		{"an address of a page", "", "GET https://vault.example/api/v2/jobs/77 refused", "get <path> refused"},
		{"addresses", "", "no route to 10.20.30.40:10102 or fe80::1ff:fe23:4567:890a or 00:1A:2b:3c:4d:5e", "no route to <address> or <address> or <address>"},
		{"a mail address", "", "mail to rosa@example.org bounced", "mail to <address> bounced"},
		{"a time behind the word error", "", "Error 2026-03-02 01:15 tape lost", "error <time> tape lost"},
		{"an id", "", "snapshot 5f1c09ab77de and 123e4567-e89b-12d3-a456-426614174000", "snapshot <id> and <id>"},
		{"words that look like ids stay", "", "deadbeef facade defaced", "deadbeef facade defaced"},
		{"blanks and case", "", "  No  SPACE\tleft\n on device ", "no space left on device"},
		{"nothing", "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Signature(tt.code, tt.text); got != tt.want {
				t.Errorf("Signature(%q, %q)\n got %q\nwant %q", tt.code, tt.text, got, tt.want)
			}
		})
	}
}

func TestSignature_tellsErrorsApart(t *testing.T) {
	const again, other = "job 17 failed with status 41 at 02:10", "job 18 failed with status 42 at 02:11"
	if Signature("", again) != Signature("", strings.NewReplacer("17", "18", "02:10", "03:55").Replace(again)) {
		t.Error("the same error on another day has another signature")
	}
	if Signature("", again) == Signature("", other) || Signature("41", "failed") == Signature("42", "failed") {
		t.Error("two codes have one signature")
	}
}

func TestSignature_looksAtTheBeginningOnly(t *testing.T) {
	long := strings.Repeat("é", maxSignature)
	if got := Signature("", long+"1"); got != Signature("", long+"x") || len(got) > maxSignature {
		t.Errorf("signature of %d bytes", len(got))
	}
}
