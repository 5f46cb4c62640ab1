"""A WSGI application with its metrics below a path of the same server: wsgi_dispatch.py APP-PORT.

`app` is what gunicorn and uwsgi serve.
"""
import sys
import time

from prometheus_client import Counter, Summary, make_wsgi_app
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.wrappers import Request, Response

PAGES = Counter("pages_total", "Pages given.", ["path"])
TIME = Summary("page_seconds", "How long a page takes.")


@TIME.time()
@Request.application
def pages(request):
    PAGES.labels(request.path).inc()
    time.sleep(0.001)
    return Response(f"You asked for {request.path}.\n")


app = DispatcherMiddleware(pages, {"/metrics": make_wsgi_app()})

if __name__ == "__main__":
    from wsgiref.simple_server import WSGIRequestHandler, make_server

    class Silent(WSGIRequestHandler):
        def log_message(self, format, *args):
            pass

    make_server("127.0.0.1", int(sys.argv[1]), app, handler_class=Silent).serve_forever()
