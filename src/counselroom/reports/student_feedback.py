"""What a student is told after a questionnaire (domain.md 5.1): never a level, a number or the name of a scale."""

from dataclasses import dataclass
from datetime import datetime

from counselroom.domain.dates import plain_date
from counselroom.reports.parts import Footer, Header, Heading, Lines, Paragraph, Part, Parts, Spacer, Title


@dataclass(frozen=True)
class FeedbackContent:
    """``opening`` are the first sentences, ``things`` what can be tried; ``where`` tells when and where the room is
    open, a line is left for it when it is empty. ``from_whom`` signs it."""

    school: str
    name: str
    opening: str
    things: tuple[str, ...]
    where: str
    from_whom: str
    on: datetime


def student_feedback(content: FeedbackContent) -> Parts:
    """The parts of one letter."""
    things: list[Part] = []
    if content.things:
        things = [Spacer(4), Heading("可以试试这几件小事")]
        things += [Paragraph(f"{mark}　{text}") for mark, text in zip("一二三四五", content.things, strict=False)]
    place = Paragraph(content.where) if content.where else Lines(("什么时候", "在哪里"))
    return (
        Header(f"{content.school}　心理辅导室"),
        Footer("写给你自己看的", ""),
        Title("写给你的几句话"),
        Paragraph(f"{content.name}同学："),
        Spacer(2),
        Paragraph(content.opening),
        *things,
        Spacer(4),
        Heading("想说说话的时候，可以来找我们"),
        place,
        Spacer(3),
        Paragraph("来之前不用准备什么，也不用先想好怎么说。"),
        Spacer(8),
        Paragraph(f"{content.from_whom}　{plain_date(content.on)}", quiet=True),
    )
