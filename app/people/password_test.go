package people_test

import (
	"strings"
	"testing"

	"backstop/app/people"
)

// cheap is for tests: what is tested is not how long it takes.
var cheap = people.Cost{Passes: 1, Memory: 8, Threads: 1}

func TestHash_matchesOnlyItself(t *testing.T) {
	line := cheap.Hash("a calm harbour wall")
	if strings.Contains(line, "harbour") || !strings.HasPrefix(line, "$argon2id$v=19$m=8,t=1,p=1$") {
		t.Errorf("kept: %s", line)
	}
	if again := cheap.Hash("a calm harbour wall"); again == line {
		t.Error("the same salt twice")
	}
	for password, want := range map[string]bool{"a calm harbour wall": true, "a calm harbour wal": false, "": false, "A calm harbour wall": false} {
		if got := people.Matches(password, line); got != want {
			t.Errorf("%q: %v", password, got)
		}
	}
}

func TestMatches_nothingThatIsNoHash(t *testing.T) {
	line := cheap.Hash("a calm harbour wall")
	for _, broken := range []string{"", "a calm harbour wall", line[:len(line)/2], strings.Replace(line, "v=19", "v=16", 1), strings.Replace(line, "t=1", "t=0", 1), "$argon2id$v=19$m=8,t=1,p=1$$", "$argon2id$v=19$m=8,t=1,p=1$***$***"} {
		if people.Matches("a calm harbour wall", broken) {
			t.Errorf("%q matches", broken)
		}
	}
}

func TestHash_usuallyCostsWhatIsAdvised(t *testing.T) {
	if people.Usual != (people.Cost{Passes: 3, Memory: 64 * 1024, Threads: 4}) {
		t.Errorf("%+v is not the second choice of RFC 9106", people.Usual)
	}
}

func TestCheckPassword(t *testing.T) {
	for password, want := range map[string]string{
		"a calm harbour wall": "", "förteckning": "", "short": "at least 10", "": "at least 10", "aaaaaaaaaaaa": "again and again", "I am Rosa today": "holds the name",
	} {
		err := people.CheckPassword(password, "rosa")
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", password, err, want)
		}
	}
}

func TestOneTime_isAnotherEachTime(t *testing.T) {
	seen := map[string]bool{}
	for range 100 {
		p := people.OneTime()
		if err := people.CheckPassword(p, ""); err != nil || seen[p] || len(strings.Split(p, "-")) != 5 {
			t.Fatalf("%q: %v", p, err)
		}
		seen[p] = true
	}
}
