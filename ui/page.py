"""The chat page: questions at the left, sources at the right. Gradio is known here alone."""

import os
import socket
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import gradio as gr
from langchain_core.runnables import Runnable

from corpus.errors import JianbaoError, WorkError
from index.library import Library
from rag.answer import Answer
from rag.chain import Request
from rag.question import MAX_QUESTION_CHARS, Turn
from ui.answer_view import answer_html, notice_html, question_html
from ui.source_view import WELCOME, source_html

TITLE = "简报问答"
EXAMPLES = (
    "三门峡建成了多少个老年助餐场所？",
    "安阳的联动监督工作指南包含哪些内容？",
    "吕梁建了多少个农村老年人日间照料中心？",
    "三门峡60岁以上人口有多少？",
    "鹤壁和安阳各有多少个调研重点？",
    "郑州建了多少个老年助餐点？",
)
MAX_TURNS = 40  # messages kept as history: what a follow-up can lean on, and a bound on memory
CONCURRENT_ANSWERS = 8  # an answer takes some 20 ms of a core; more only wait for one another
# Fonts of the reader's own system: nothing is fetched.
FONTS = ("system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")

Messages = list[dict[str, Any]]


def build_page(library: Library, chain: Runnable[Request, Answer]) -> gr.Blocks:
    """The page over a library and its answer chain."""

    def open_source(address: str) -> str:
        return source_html(library, address)

    def start(request: gr.Request) -> tuple[str, str]:
        """Panel and question box as the page's own address asks: /?bulletin=…, /?q=…"""
        query = request.query_params
        return source_html(library, f"/?{query}"), query.get("q", "")

    def answer(question: str, shown: Messages, turns: list[Turn]) -> Iterator[tuple[Any, ...]]:
        """Stream the answer to a question: box, conversation, history."""
        if not question.strip():
            yield "", shown, turns
            return
        shown = [*shown, _message("user", question_html(question))]
        last = None
        try:
            for last in chain.stream(Request(question, tuple(turns))):
                body = answer_html(last, complete=False)
                yield "", [*shown, _message("assistant", body)], turns
        except JianbaoError as error:
            yield question, [*shown, _message("assistant", notice_html(str(error)))], turns
            return
        if last is None:
            raise RuntimeError("the chain yielded no answer")
        exchange = (Turn(role="user", content=question), Turn(role="assistant", content=last.text))
        body = answer_html(last)
        yield "", [*shown, _message("assistant", body)], [*turns, *exchange][-MAX_TURNS:]

    page = gr.Blocks(title=TITLE, analytics_enabled=False, fill_height=True)
    with page:
        turns = gr.State([])
        gr.HTML(
            f"<h1>{TITLE}</h1><p>依据简报原文回答，每句注明出处；资料中没有的，直说没有。</p>",
            elem_id="jb-head",
        )
        with gr.Row(elem_id="jb-main"):
            with gr.Column(scale=5, min_width=320):
                talk = gr.Chatbot(
                    elem_id="jb-talk", show_label=False, height="calc(100vh - 330px)",
                    latex_delimiters=[], buttons=[], feedback_options=None, layout="bubble",
                    placeholder="请就简报内容提问",
                )  # fmt: skip
                with gr.Row():
                    box = gr.Textbox(
                        elem_id="jb-question", show_label=False, scale=8, autofocus=True,
                        placeholder="例如：三门峡建成了多少个老年助餐场所？",
                        max_length=MAX_QUESTION_CHARS,
                    )  # fmt: skip
                    ask = gr.Button("提问", elem_id="jb-ask", variant="primary", min_width=90)
                gr.Examples([[example] for example in EXAMPLES], inputs=[box], label="试试这些问题")
            with gr.Column(scale=6, min_width=320):
                panel = gr.HTML(
                    WELCOME, elem_id="jb-panel", server_functions=[open_source],
                    js_on_load=_static("source.js"),
                )  # fmt: skip
        for event in (box.submit, ask.click):
            event(answer, [box, talk, turns], [box, talk, turns], api_visibility="private",
                  show_progress="hidden")  # fmt: skip
        talk.clear(list, None, turns, api_visibility="private")  # the bin forgets the history too
        page.load(start, None, [panel, box], api_visibility="private")
    page.queue(default_concurrency_limit=CONCURRENT_ANSWERS)
    return page


def serve(page: gr.Blocks, host: str, port: int, *, block: bool = True) -> str:
    """Serve the page and return its address; with `block`, only when the server ends.

    :raises WorkError: the port is in use or the host is not one of this machine.
    """
    check_port(host, port)
    # Gradio asks its own server whether it is up; a proxy must not be asked for that.
    unproxied = (os.environ.get("NO_PROXY"), "localhost", "127.0.0.1")
    os.environ["NO_PROXY"] = ",".join(name for name in unproxied if name)
    theme = gr.themes.Base(primary_hue="red", neutral_hue="slate", font=FONTS, font_mono=FONTS)
    _, address, _ = page.launch(
        server_name=host, server_port=port, prevent_thread_lock=not block, quiet=True,
        show_error=False, footer_links=[], ssr_mode=False, share=False, theme=theme,
        css=_static("page.css"), inbrowser=False, max_file_size="20mb",
    )  # fmt: skip
    return address


def check_port(host: str, port: int) -> None:
    """:raises WorkError: the port is in use or the host is not one of this machine."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise WorkError(
                f"cannot listen on {host}:{port} ({error.strerror}); choose another with --port or "
                "JIANBAO_PORT"
            ) from error


def _message(role: str, html: str) -> dict[str, Any]:
    return {"role": role, "content": html}


def _static(name: str) -> str:
    return files("ui").joinpath("static", name).read_text("utf-8")
