"""`jianbao mcp`: the tools for chat programs over standard input and output."""

from rag.settings import read_settings
from ui.commands.command_parts import opened_library


def serve_tools() -> None:
    """Serve the tools to a chat program that starts this command (MCP). 供聊天程序启动的工具服务。

    Standard output speaks the protocol; the log goes to standard error.
    """
    settings = read_settings()
    from ui.server.logs import set_up_logs
    from ui.server.mcp_server import mcp_server, run_on_standard_streams

    set_up_logs(settings)
    library = opened_library(settings)
    from rag.chain import answer_chain
    from rag.reading.readers import reader_of
    from rag.writing.chat_model import chat_model
    from ui.server.observed import AnswerLog, observed

    reader = reader_of(settings)
    answering = answer_chain(library, chat_model(settings), reader=reader)
    chain = observed(answering, [AnswerLog(settings.log_questions)])
    run_on_standard_streams(mcp_server(library, chain, reader=reader))
