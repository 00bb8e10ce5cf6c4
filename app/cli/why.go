package cli

import (
	"time"

	"backstop/app/desk"
)

// What explains the incidents that a sweep opened. Spans are in seconds.
type (
	missJSON struct {
		Grace   float64  `json:"grace_seconds"`
		Latest  string   `json:"latest"` // due and grace: until then it could have started
		Starts  []string `json:"last_starts"`
		Covered string   `json:"covered_until"`
		File    string   `json:"file"` // that proves it
		SHA256  string   `json:"sha256"`
		Late    bool     `json:"detected_late,omitempty"`
	}
	silenceJSON struct {
		Since  string  `json:"since"`
		Rhythm float64 `json:"rhythm_seconds"`
		Came   string  `json:"data_came,omitempty"`
		File   string  `json:"file,omitempty"` // that came
		Late   bool    `json:"detected_late,omitempty"`
	}
	stallJSON struct {
		Since string  `json:"since"`
		Limit float64 `json:"limit_seconds"`
		Usual float64 `json:"usual_seconds,omitempty"`
		Late  bool    `json:"detected_late,omitempty"`
	}
)

func missLine(m *desk.Miss) *missJSON {
	if m == nil {
		return nil
	}
	line := missJSON{m.Latest.Sub(m.Due).Seconds(), instant(m.Latest), []string{}, instant(m.Covered), m.Path, m.SHA256, m.Late}
	for _, s := range m.Starts {
		line.Starts = append(line.Starts, instant(s))
	}
	return &line
}

func silenceLine(s *desk.Silenced) *silenceJSON {
	if s == nil {
		return nil
	}
	return &silenceJSON{instant(s.Since), s.Every.Seconds(), instant(s.Ended), s.File, s.Late}
}

func stallLine(s *desk.Stall) *stallJSON {
	if s == nil {
		return nil
	}
	return &stallJSON{instant(s.Since), s.Limit.Seconds(), s.Usual.Round(time.Second).Seconds(), s.Late}
}
