"""How many threads numpy computes with."""

from threadpoolctl import threadpool_info, threadpool_limits

from index.vectors.threads import one_thread_products


def test_products_are_made_on_the_thread_that_asks() -> None:
    """Whatever the machine's cores: a second thread would only spin beside it."""
    with threadpool_limits(2, user_api="blas"):  # and as before behind this test
        one_thread_products()
        pools = [pool for pool in threadpool_info() if pool["user_api"] == "blas"]
        assert [pool["num_threads"] for pool in pools] == [1] * len(pools)
        assert pools
