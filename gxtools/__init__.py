"""gxtools: read, prove and compare 政府信息公开工作年度报告."""

from .checks import check
from .errors import GxError
from .forms import editions, label, load_form
from .readers import read_document
from .reading import read, read_all
from .recognise import recognise
from .reports import Reports, concat

__all__ = [
    "GxError",
    "Reports",
    "check",
    "concat",
    "editions",
    "label",
    "load_form",
    "read",
    "read_all",
    "read_document",
    "recognise",
]
