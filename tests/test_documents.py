"""Documents are known by their book-title marks and their numbers."""

from corpus.text.document_names import find_documents


def test_titles_and_numbers_come_in_order() -> None:
    """A title, a title inside a title, and the number of a document are each found whole."""
    text = "依据《河南省养老服务条例》和《关于〈审议意见〉的报告》，以国办函〔2004〕71号印发"
    assert find_documents(text) == [
        "《河南省养老服务条例》",
        "《关于〈审议意见〉的报告》",
        "国办函〔2004〕71号",
    ]


def test_a_mark_without_its_partner_is_no_title() -> None:
    """An opening mark that nothing closes in its line names nothing."""
    assert find_documents("《没有结束\n的标题》") == []
