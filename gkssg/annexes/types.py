"""The types of files: what they are called, which endings they have, and which programs open them."""

from dataclasses import dataclass
from enum import StrEnum

from gkssg.language import Message, say


class Group(StrEnum):
    """What can be done with a file on its page."""

    PICTURE = "picture"
    VIDEO = "video"
    AUDIO = "audio"
    PDF = "pdf"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of file. ``endings`` are those a name may have; ``program`` says what opens it, where a browser does not.

    ``in_browsers``: every browser shows a file of this type by itself.
    """

    code: str
    zh: str
    en: str
    endings: tuple[str, ...]
    group: Group = Group.OTHER
    in_browsers: bool = False
    program: Message | None = None

    def said(self, language: str) -> str:
        """Give the name in a language (``zh`` or ``en``)."""
        return self.zh if language == "zh" else self.en


_WRITER = say("WPS Writer, Microsoft Word or LibreOffice opens it")
_SHEETS = say("WPS Spreadsheets, Microsoft Excel or LibreOffice opens it")
_SLIDES = say("WPS Presentation, Microsoft PowerPoint or LibreOffice opens it")
_OFFICE = say("WPS Office, LibreOffice or Microsoft Office opens it")
_ARCHIVE = say("an archive program unpacks it; most systems have one")
_OFD = say("an OFD reader opens it, for example WPS Office or one of the readers of Chinese makers")
_PLAYER = say("a media player opens it, for example VLC")
_VIEWER = say("the picture viewer of the system opens it")
_BROWSER = say("any browser opens it")
_READER = say("any browser or PDF reader opens it")
_EDITOR = say("any text editor opens it")


def _table() -> tuple[FileType, ...]:
    picture, video, audio = Group.PICTURE, Group.VIDEO, Group.AUDIO
    return (
        FileType("empty", "空文件", "empty file", ()),
        FileType("unknown", "其他文件", "other file", ()),
        FileType("pdf", "PDF", "PDF", ("pdf",), Group.PDF, in_browsers=True, program=_READER),
        FileType("ofd", "OFD 版式文件", "OFD", ("ofd",), program=_OFD),
        FileType("docx", "Word 文档（docx）", "Word document (docx)", ("docx", "docm", "dotx", "dotm"), program=_WRITER),
        FileType("doc", "Word 97—2003 文档（doc）", "Word 97–2003 document (doc)", ("doc", "dot", "wps", "wpt"), program=_WRITER),
        FileType("word-xml", "Word XML 文档", "Word XML document", ("xml",), program=_WRITER),
        FileType("xlsx", "Excel 工作簿（xlsx）", "Excel workbook (xlsx)", ("xlsx", "xlsm", "xltx", "xltm"), program=_SHEETS),
        FileType("xlsb", "Excel 二进制工作簿（xlsb）", "Excel binary workbook (xlsb)", ("xlsb",), program=_SHEETS),
        FileType("xls", "Excel 97—2003 工作簿（xls）", "Excel 97–2003 workbook (xls)", ("xls", "xlt", "et", "ett"), program=_SHEETS),
        FileType("pptx", "PowerPoint 演示文稿（pptx）", "PowerPoint presentation (pptx)", ("pptx", "pptm", "ppsx", "potx"), program=_SLIDES),
        FileType("ppt", "PowerPoint 97—2003 演示文稿（ppt）", "PowerPoint 97–2003 presentation (ppt)", ("ppt", "pps", "pot", "dps", "dpt"), program=_SLIDES),
        FileType("locked", "加密的 Office 文件", "encrypted Office file", ("docx", "xlsx", "pptx", "docm", "xlsm", "pptm"), program=_OFFICE),
        FileType("ole", "OLE 复合文件", "OLE compound file", (), program=_OFFICE),
        FileType("odt", "ODF 文本文档（odt）", "OpenDocument text (odt)", ("odt", "ott"), program=_OFFICE),
        FileType("ods", "ODF 电子表格（ods）", "OpenDocument spreadsheet (ods)", ("ods", "ots"), program=_OFFICE),
        FileType("odp", "ODF 演示文稿（odp）", "OpenDocument presentation (odp)", ("odp", "otp"), program=_OFFICE),
        FileType("rtf", "RTF 文档", "RTF document", ("rtf",), program=_WRITER),
        FileType("csv", "CSV 表格", "CSV table", ("csv", "tsv"), program=_SHEETS),
        FileType("txt", "纯文本", "plain text", ("txt", "text", "log", "csv", "tsv", "md", "json", "yml", "yaml", "geojson"), in_browsers=True, program=_EDITOR),
        FileType("html", "网页（HTML）", "web page (HTML)", ("html", "htm", "xhtml"), program=_BROWSER),
        FileType("mhtml", "网页归档（MHTML）", "web archive (MHTML)", ("mht", "mhtml"), program=_BROWSER),
        FileType("xml", "XML 数据", "XML data", ("xml", "kml", "gml", "xsd", "rdf"), program=_EDITOR),
        FileType("jpeg", "JPEG 图片", "JPEG picture", ("jpg", "jpeg", "jpe", "jfif"), picture, in_browsers=True),
        FileType("png", "PNG 图片", "PNG picture", ("png", "apng"), picture, in_browsers=True),
        FileType("gif", "GIF 图片", "GIF picture", ("gif",), picture, in_browsers=True),
        FileType("webp", "WebP 图片", "WebP picture", ("webp",), picture, in_browsers=True),
        FileType("bmp", "BMP 图片", "BMP picture", ("bmp", "dib"), picture, program=_VIEWER),
        FileType("tiff", "TIFF 图片", "TIFF picture", ("tif", "tiff"), picture, program=_VIEWER),
        FileType("svg", "SVG 图片", "SVG picture", ("svg",), picture, in_browsers=True),
        FileType("heif", "HEIF/AVIF 图片", "HEIF or AVIF picture", ("heic", "heif", "avif"), picture, program=_VIEWER),
        FileType("mp4", "MP4 视频", "MP4 video", ("mp4", "m4v"), video, in_browsers=True),
        FileType("webm", "WebM 视频", "WebM video", ("webm", "mkv", "weba"), video, in_browsers=True),
        FileType("mov", "QuickTime 视频", "QuickTime video", ("mov", "qt"), video, program=_PLAYER),
        FileType("avi", "AVI 视频", "AVI video", ("avi",), video, program=_PLAYER),
        FileType("asf", "Windows Media 文件", "Windows Media file", ("wmv", "wma", "asf"), video, program=_PLAYER),
        FileType("flv", "Flash 视频", "Flash video", ("flv",), video, program=_PLAYER),
        FileType("mpeg", "MPEG 视频", "MPEG video", ("mpg", "mpeg", "vob"), video, program=_PLAYER),
        FileType("mp3", "MP3 音频", "MP3 audio", ("mp3",), audio, in_browsers=True),
        FileType("wav", "WAV 音频", "WAV audio", ("wav",), audio, in_browsers=True),
        FileType("ogg", "Ogg 音频", "Ogg audio", ("ogg", "oga", "opus", "ogv"), audio, in_browsers=True),
        FileType("m4a", "M4A 音频", "M4A audio", ("m4a", "mp4", "m4b"), audio, in_browsers=True),
        FileType("flac", "FLAC 音频", "FLAC audio", ("flac",), audio, in_browsers=True),
        FileType("amr", "AMR 音频", "AMR audio", ("amr",), audio, program=_PLAYER),
        FileType("zip", "ZIP 压缩包", "ZIP archive", ("zip", "kmz", "epub", "jar"), program=_ARCHIVE),
        FileType("rar", "RAR 压缩包", "RAR archive", ("rar",), program=_ARCHIVE),
        FileType("7z", "7z 压缩包", "7z archive", ("7z",), program=_ARCHIVE),
        FileType("gzip", "gzip 压缩文件", "gzip file", ("gz", "tgz"), program=_ARCHIVE),
        FileType("tar", "tar 归档文件", "tar archive", ("tar",), program=_ARCHIVE),
    )  # fmt: skip


TYPES = {kind.code: kind for kind in _table()}
"""Every type by its code."""

_KNOWN = frozenset(ending for kind in _table() for ending in kind.endings)


def name_fits(name: str, kind: FileType) -> bool:
    """Tell whether a file of a type may have a name; one whose ending is none, or unknown, promises nothing."""
    stem, _, ending = name.rpartition(".")
    return not stem or ending.lower() not in _KNOWN or ending.lower() in kind.endings
