"""How many threads numpy computes with."""


def one_thread_products() -> None:
    """Compute numpy's matrix products on the thread that asks for them, in this whole process.

    They have a few hundred rows here and take microseconds. OpenBLAS hands even those to a thread
    for each core, and every one of these then spins for tens of milliseconds, waiting for more: it
    doubled the processor time of a question. Embedding models compute in torch, which has its own.
    """
    import numpy  # noqa: F401 # what is not loaded yet cannot be told
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")
