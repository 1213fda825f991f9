"""Which column of a roster file is which, by its name in six languages."""

from collections.abc import Sequence

from floorwalker.sources.spreadsheet.script import plain

NAMES: dict[str, tuple[str, ...]] = {
    "person": (
        *("person", "agent", "employee", "name", "agent name", "employee name", "staff", "staff number", "user"),
        *("osoba", "konsultant", "pracownik", "imię i nazwisko", "agent id"),
        *("상담사", "직원", "이름", "사번", "상담원"),
        *("人員", "人员", "姓名", "客服人員", "坐席", "員工", "员工", "工号", "工號"),
        *("شخص", "کارشناس", "نام", "کارمند", "نام کارشناس"),
    ),
    "people": (
        "people",
        "count",
        "agents",
        "heads",
        "osoby",
        "liczba osób",
        "인원",
        "인원수",
        "人數",
        "人数",
        "تعداد",
        "نفرات",
    ),
    "day": ("date", "day", "data", "dzień", "날짜", "일자", "日期", "تاریخ", "روز"),
    "start": (
        *("start", "from", "start time", "shift start", "begin", "starts", "shift begin"),
        *("początek", "od", "start zmiany", "początek zmiany", "godzina rozpoczęcia"),
        *("시작", "시작시간", "근무시작", "시작 시간", "출근"),
        *("開始", "开始", "開始時間", "开始时间", "上班", "上班時間", "上班时间"),
        *("شروع", "از", "آغاز", "زمان شروع", "شروع شیفت", "ساعت شروع"),
    ),
    "end": (
        *("end", "to", "until", "end time", "shift end", "ends", "finish"),
        *("koniec", "do", "koniec zmiany", "godzina zakończenia"),
        *("종료", "종료시간", "근무종료", "종료 시간", "퇴근"),
        *("結束", "结束", "結束時間", "结束时间", "下班", "下班時間", "下班时间"),
        *("پایان", "تا", "زمان پایان", "پایان شیفت", "ساعت پایان"),
    ),
    "queue": (
        *("queue", "skill", "skills", "activity", "group", "queue name", "line"),
        *("kolejka", "umiejętność", "grupa", "linia"),
        *("대기열", "큐", "스킬", "그룹"),
        *("佇列", "队列", "技能", "技能組", "技能组"),
        *("صف", "مهارت", "گروه", "خط"),
    ),
    "breaks": ("breaks", "break", "pauses", "przerwy", "przerwa", "휴게", "휴식", "休息", "استراحت", "استراحت‌ها"),
}


def found_in(columns: Sequence[str]) -> dict[str, str]:
    """The file's column for each of our own names; the first one wins."""
    known = {plain(word): name for name, words in NAMES.items() for word in words}
    found: dict[str, str] = {}
    for column in columns:
        name = known.get(plain(column).replace("_", " "))
        if name:
            found.setdefault(name, column)
    return found
