"""What a definition over records means, told by small tables. Pupils are letters, subjects belong to group 1."""

from scale.language import At, Story

NO_ROW = None

STORIES = (
    Story(
        "Обучающийся считается один раз, сколько бы мероприятий он ни посетил.",
        pupils="""
            pupil
            А
            Б
            В
        """,
        participation="""
            pupil | activity | event_id
            А     | ticket   | 1
            А     | ticket   | 2
            А     | ticket   | 2
            Б     | event    | 3
        """,
        counts={"ticket": "{activity: ticket}", "either": "{activity: [ticket, event]}", "pupils": ""},
        expected={"ticket": 1, "either": 2, "pupils": 3},
    ),
    Story(
        "Три вида мероприятий — это три разных вида; без мероприятий — ни одного.",
        pupils="""
            pupil
            А
            Б
            В
        """,
        participation="""
            pupil | activity
            А     | ticket
            А     | event
            А     | olympiad
            Б     | ticket
            Б     | ticket
            Б     | ticket
        """,
        counts={
            "three": "{activities: {from: 3, to: 99}}",
            "few": "{activities: {from: 0, to: 1}}",
            "none": "{activities: 0}",
        },
        expected={"three": 1, "few": 2, "none": 1},
    ),
    Story(
        "В вуз — по специальности, если сданы все обязательные предметы и хотя бы один из предметов по выбору.",
        pupils="""
            pupil | grade
            А     | 11
            Б     | 11
            В     | 11
            Г     | 11
        """,
        exams="""
            pupil | subject     | form
            А     | russian     | ege
            А     | physics     | ege
            Б     | russian     | ege
            В     | physics     | ege
            В     | informatics | ege
        """,
        admissions="""
            pupil | to         | specialty
            А     | university | 1
            Б     | university | 1
            В     | university | 1
            Г     | university | 1
        """,
        subjects="""
            group | subject     | role
            1     | russian     | required
            1     | physics     | any
            1     | informatics | any
        """,
        counts={"near": "{near: university}", "other": "{not: {near: university}}"},
        expected={"near": 1, "other": 3},
    ),
    Story(
        "Каждое зачисление — по своей специальности: половина одной и половина другой не складываются.",
        pupils="""
            pupil
            А
            Б
        """,
        exams="""
            pupil | subject
            А     | russian
            А     | biology
            Б     | mathematics
            Б     | biology
        """,
        admissions="""
            pupil | to         | specialty
            А     | university | 1
            А     | university | 2
            Б     | university | 1
            Б     | university | 2
        """,
        subjects="""
            group | subject     | role
            1     | russian     | required
            1     | physics     | any
            2     | mathematics | required
            2     | biology     | any
        """,
        counts={"near": "{near: university}", "admitted": "{admitted: university}"},
        expected={"near": 1, "admitted": 2},
    ),
    Story(
        "Если предметов по выбору нет, достаточно обязательных; если не названо ничего, близкого экзамена нет.",
        pupils="""
            pupil
            А
            Б
            В
        """,
        exams="""
            pupil | subject
            А     | russian
            Б     | physics
            В     | russian
        """,
        admissions="""
            pupil | to         | specialty
            А     | university | 1
            Б     | university | 1
            В     | university | 2
            В     | university | 3
            В     | university |
        """,
        subjects="""
            group | subject | role
            1     | russian | required
            2     | russian | near
        """,
        counts={"near": "{near: university}"},
        expected={"near": 1},
    ),
    Story(
        "В колледж — по близким предметам; предметы вуза для колледжа не значат ничего, и наоборот.",
        pupils="""
            pupil
            А
            Б
            В
        """,
        exams="""
            pupil | subject
            А     | chemistry
            Б     | physics
            В     | chemistry
        """,
        admissions="""
            pupil | to         | specialty
            А     | college    | 1
            Б     | college    | 1
            В     | university | 1
        """,
        subjects="""
            group | subject   | role
            1     | chemistry | near
            1     | physics   | any
        """,
        counts={"near": "{near: college}", "both": "{near: [college, university]}"},
        expected={"near": 1, "both": 1},
    ),
    Story(
        "Экзамен профиля класса — любой из предметов, нужных вузам; класс без профиля его не сдаёт.",
        pupils="""
            pupil | profile
            А     | 1
            Б     | 1
            В     | 0
            Г     |
        """,
        exams="""
            pupil | subject
            А     | physics
            Б     | chemistry
            В     | physics
            Г     | physics
        """,
        subjects="""
            group | subject   | role
            1     | physics   | any
            1     | russian   | required
            1     | chemistry | near
        """,
        counts={
            "profile": "{near: profile}",
            "other": "{not: {near: profile}}",
            "any": "{near: [profile, college]}",
        },
        expected={"profile": 1, "other": 3, "any": 1},
    ),
    Story(
        "Теснота связи — по специальности каждого приёма; о чём карта в этом году молчит, то не определено.",
        pupils="""
            pupil
            А
            Б
            В
            Г
            Д
        """,
        admissions="""
            pupil | to         | specialty
            А     | college    | 1
            Б     | college    | 2
            В     | university | 1
            В     | college    | 3
            Г     | university | 3
        """,
        subjects="""
            group | subject   | role | strength | until
            1     | physics   | near | 1        |
            1     | chemistry | any  | 1        |
            2     | physics   | near | 2        |
            2     | biology   | near | 3        |
            3     | physics   | near | 3        | 2020
        """,
        counts={
            "weak": "{link: weak}",
            "strong": "{link: strong}",
            "undetermined": "{link: undetermined}",
            "weak_college": "{admitted: college, link: weak}",
            "other": "{not: {link: [weak, undetermined]}}",
        },
        expected={"weak": 2, "strong": 1, "undetermined": 2, "weak_college": 2, "other": 2},
    ),
    Story(
        "Сдававшие ГВЭ исключаются отрицанием; не сдававших ничего оно не исключает.",
        pupils="""
            pupil
            А
            Б
            В
            Г
        """,
        exams="""
            pupil | subject | form
            А     | russian | oge
            Б     | russian | gve
            В     | russian | oge
            В     | physics | gve
        """,
        counts={
            "examined": "{exams: {from: 1, to: 99}, not: {exam_form: gve}}",
            "not_gve": "{not: {exam_form: gve}}",
        },
        expected={"examined": 1, "not_gve": 2},
    ),
    Story(
        "Неизвестный пол — ни мужской, ни женский, и под отрицанием тоже; в итог он входит.",
        pupils="""
            pupil | sex
            А     | male
            Б     | female
            В     |
        """,
        counts={"male": "{sex: male}", "not_male": "{not: {sex: male}}", "pupils": ""},
        expected={"male": 1, "not_male": 1, "pupils": 3},
        elsewhere=(
            (At(sex=None), "pupils", 1),
            (At(sex=None), "not_male", 0),
            (At(sex=1), "pupils", 1),
            (At(grade=9, sex=None), "pupils", 1),
        ),
    ),
    Story(
        "Неизвестный класс не входит ни в какой промежуток и ни в какое отрицание.",
        pupils="""
            pupil | grade
            А     | 9
            Б     | 11
            В     |
        """,
        participation="""
            pupil | activity
            В     | ticket
        """,
        counts={
            "ninth": "{grade: 9}",
            "not_ninth": "{not: {grade: {from: 0, to: 9}}}",
            "either": "{any: [{not: {grade: 9}}, {activity: ticket}]}",
            "pupils": "",
        },
        expected={"ninth": 1, "not_ninth": 1, "either": 2, "pupils": 3},
        elsewhere=((At(grade=None), "pupils", 1), (At(grade=11), "not_ninth", 1), (At(grade=5), "pupils", NO_ROW)),
    ),
    Story(
        "Если об инвалидности ничего не записано, обучающийся не входит ни в «да», ни в «не да».",
        pupils="""
            pupil | disability
            А     | yes
            Б     | no
            В     |
        """,
        counts={
            "yes": '{disability: "yes"}',
            "no": '{disability: "no"}',
            "not_yes": '{not: {disability: "yes"}}',
            "any": '{any: [{not: {disability: "yes"}}, {sex: female}]}',
        },
        expected={"yes": 1, "no": 1, "not_yes": 1, "any": 3},
    ),
    Story(
        "У организации, которой нет в перечне, нет места: её обучающиеся не входят ни в один уровень.",
        pupils="""
            pupil | school
            А     | 1
            Б     | 9
            В     |
        """,
        counts={"pupils": ""},
        expected={"pupils": 1},
        elsewhere=((At(school=1), "pupils", 1), (At(school=9), "pupils", NO_ROW)),
    ),
    Story(
        "Район складывается из своих организаций, регион — из районов.",
        pupils="""
            pupil | school | grade
            А     | 1      | 9
            Б     | 1      | 11
            В     | 2      | 9
        """,
        counts={"ninth": "{grade: 9}"},
        expected={"ninth": 2},
        elsewhere=((At(school=1), "ninth", 1), (At(school=2), "ninth", 1), (At(school=1, grade=11), "ninth", 0)),
        schools=(1, 2),
    ),
    Story(
        "Год, за который нет таблицы экзаменов: обучающиеся есть, сдававших — ноль.",
        pupils="""
            pupil | year
            А     | 2021
            А     | 2022
        """,
        exams="""
            pupil | year | subject
            А     | 2021 | russian
        """,
        counts={"examined": "{exams: {from: 1, to: 99}}", "none": "{exams: 0}"},
        expected={"examined": 1, "none": 0},
        elsewhere=((At(year=2022), "examined", 0), (At(year=2022), "none", 1), (At(year=2020), "none", NO_ROW)),
    ),
    Story(
        "Факт принадлежит своему году, даже если обучающийся есть в обоих.",
        pupils="""
            pupil | year
            А     | 2021
            А     | 2022
        """,
        participation="""
            pupil | year | activity
            А     | 2022 | ticket
        """,
        diagnostics="""
            pupil | year
            А     | 2021
        """,
        counts={"ticket": "{activity: ticket}", "tested": '{tested: "yes"}'},
        expected={"ticket": 0, "tested": 1},
        elsewhere=((At(year=2022), "ticket", 1), (At(year=2022), "tested", 0)),
    ),
    Story(
        "Соответствие предметов действует с года по год включительно.",
        pupils="""
            pupil | year
            А     | 2020
            А     | 2021
            А     | 2022
        """,
        exams="""
            pupil | year | subject
            А     | 2020 | physics
            А     | 2021 | physics
            А     | 2022 | physics
        """,
        admissions="""
            pupil | year | to
            А     | 2020 | college
            А     | 2021 | college
            А     | 2022 | college
        """,
        subjects="""
            group | subject   | role | since | until
            1     | physics   | near | 2021  | 2021
            1     | chemistry | near |       |
        """,
        counts={"near": "{near: college}"},
        expected={"near": 1},
        elsewhere=((At(year=2020), "near", 0), (At(year=2022), "near", 0)),
    ),
    Story(
        "Двойная запись о зачислении и зачисление в два места: человек один.",
        pupils="""
            pupil
            А
            Б
            В
        """,
        admissions="""
            pupil | to         | same_region
            А     | college    | 0
            А     | college    | 0
            Б     | college    | 0
            Б     | university | 1
            В     | university |
        """,
        counts={
            "college": "{admitted: college}",
            "university": "{admitted: university}",
            "here": "{admitted: university_same_region}",
            "any": "{admitted: [college, university]}",
        },
        expected={"college": 2, "university": 2, "here": 1, "any": 3},
    ),
    Story(
        "Зачисление, о котором не записано, куда, — ни в колледж, ни в вуз.",
        pupils="""
            pupil
            А
        """,
        admissions="""
            pupil | to | same_region
            А     |    | 1
        """,
        counts={"any": "{admitted: [college, university, university_same_region]}"},
        expected={"any": 0},
    ),
    Story(
        "Баллы складываются; экзамен без балла — экзамен, но не балл.",
        pupils="""
            pupil | grade
            А     | 11
            Б     | 11
            В     | 11
            Г     | 9
        """,
        exams="""
            pupil | subject | score
            А     | russian | 70
            А     | physics | 50
            Б     | russian |
            Г     | russian | 5
        """,
        counts={"examined": "{grade: 11, exams: {from: 1, to: 99}}"},
        sums={"score": "{grade: 11}", "all": "", "absent": "{grade: 11, exams: 0}"},
        expected={"examined": 2, "score": 120, "all": 125, "absent": 0},
    ),
    Story(
        "Не проходивший диагностику — это известно, а не неизвестно.",
        pupils="""
            pupil
            А
            Б
        """,
        diagnostics="""
            pupil | consent
            А     | no
            А     | yes
        """,
        counts={"yes": '{tested: "yes"}', "no": '{tested: "no"}', "not_yes": '{not: {tested: "yes"}}'},
        expected={"yes": 1, "no": 1, "not_yes": 1},
    ),
    Story(
        "Факт обучающегося, которого нет в зачислении, не считается, как и факт без вида.",
        pupils="""
            pupil
            А
        """,
        participation="""
            pupil | activity
            Я     | ticket
            А     |
        """,
        counts={"ticket": "{activity: ticket}", "none": "{activities: 0}"},
        expected={"ticket": 0, "none": 1},
    ),
    Story(
        "Если об экзаменах и зачислениях спрашивают лишь в некоторых классах, остальные классы остаются в числе всех.",
        pupils="""
            pupil | grade | sex
            А     | 9     | male
            Б     | 11    | male
            В     | 5     | male
            Г     | 11    | female
            Д     |       | male
        """,
        exams="""
            pupil | subject
            А     | spanish
            Б     | spanish
            В     | spanish
            Д     | spanish
        """,
        admissions="""
            pupil | to      | same_region
            А     | college | 0
            Г     | college | 0
        """,
        counts={
            "examined": "{grade: [9, 11], subject: spanish}",
            "leavers": "{grade: 11, sex: male, subject: spanish}",
            "men": "{sex: male}",
        },
        expected={"examined": 2, "leavers": 1, "men": 4},
        elsewhere=((At(grade=5), "men", 1), (At(grade=5), "examined", 0), (At(grade=None), "examined", 0)),
    ),
)
