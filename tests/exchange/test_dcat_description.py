"""Descriptions of data sets: JSON-LD that an RDF library reads, with no invented properties."""

import datetime as dt
import json
import warnings
from typing import Any

import attrs
import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, XSD

import tulevaisuus as tul
from tests.helpers import found
from tulevaisuus.exchange import Distribution, Publication, Publisher, describe

ADDRESS = "https://example.org/data"
PUBLICATION = Publication(
    id=ADDRESS,
    title=tul.Text(fi="Avustukset", sv="Understöd"),
    description=tul.Text(fi="Ohjelman avustukset."),
    page=f"{ADDRESS}/sivu",
    publisher=Publisher(name=tul.Text("Julkaisija"), url="https://example.org/"),
    issued=dt.date(2026, 11, 26),
    modified=dt.date(2026, 11, 27),
    languages=(tul.Language.FI, tul.Language.SV),
    themes=("http://publications.europa.eu/resource/authority/data-theme/HEAL",),
    distributions=(
        Distribution(
            url=f"{ADDRESS}.zip",
            title=tul.Text("Paketti"),
            media_type="application/zip",
            bytes=1234,
            licence="https://creativecommons.org/licenses/by/4.0/",
        ),
    ),
)
BARE = Publication(title=tul.Text("a"), description=tul.Text("b"))


def graph_of(description: dict[str, Any]) -> rdflib.Graph:
    """Read a description; the context of schema.org is not fetched."""
    context = description["@context"]
    inline = {"@vocab": context} if isinstance(context, str) else context
    graph = rdflib.Graph()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdflib warns of itself
        graph.parse(data=json.dumps({**description, "@context": inline}), format="json-ld")
    return graph


def test_dcat_ap_has_the_required_properties() -> None:
    """A data set has title and description, a distribution its address, in the right types."""
    graph = graph_of(describe(tul.reference, PUBLICATION))
    dataset = rdflib.URIRef(ADDRESS)
    assert (dataset, RDF.type, DCAT.Dataset) in graph
    assert set(graph.objects(dataset, DCTERMS.title)) == {
        rdflib.Literal("Avustukset", lang="fi"),
        rdflib.Literal("Understöd", lang="sv"),
    }
    assert (dataset, DCTERMS.description, None) in graph
    assert graph.value(dataset, DCTERMS.issued) == rdflib.Literal("2026-11-26", datatype=XSD.date)
    publisher = graph.value(dataset, DCTERMS.publisher)
    assert (publisher, RDF.type, FOAF.Agent) in graph
    assert graph.value(publisher, FOAF.name) == rdflib.Literal("Julkaisija", lang="fi")
    file = graph.value(dataset, DCAT.distribution)
    assert graph.value(file, DCAT.accessURL) == rdflib.URIRef(f"{ADDRESS}.zip")
    assert graph.value(file, DCAT.byteSize) == rdflib.Literal(
        "1234", datatype=XSD.nonNegativeInteger
    )
    assert isinstance(graph.value(file, DCTERMS.license), rdflib.URIRef)
    languages = {str(each).rsplit("/", 1)[1] for each in graph.objects(dataset, DCTERMS.language)}
    assert languages == {"FIN", "SWE"}


def test_every_property_is_of_a_vocabulary() -> None:
    """No property name is our own."""
    known = tuple(str(each) for each in (DCAT, DCTERMS, FOAF, RDF))
    for triple in graph_of(describe(tul.reference, PUBLICATION)):
        assert str(triple[1]).startswith(known)


def test_schema_org_has_the_same_data() -> None:
    """The description has the vocabulary of search engines."""
    made = describe(tul.reference, PUBLICATION, vocabulary="schema.org")
    assert made["@context"] == "https://schema.org/"
    assert made["@type"] == "Dataset"
    assert made["inLanguage"] == ["fi", "sv"]
    assert made["datePublished"] == "2026-11-26"
    assert made["distribution"] == [
        {
            "@type": "DataDownload",
            "contentUrl": f"{ADDRESS}.zip",
            "name": [{"@language": "fi", "@value": "Paketti"}],
            "encodingFormat": "application/zip",
            "contentSize": "1234 B",
            "license": "https://creativecommons.org/licenses/by/4.0/",
        }
    ]
    assert len(graph_of(made)) > 15


def test_temporal_coverage_is_that_of_the_data() -> None:
    """It is from the first to the last known day; an unknown bound is open."""
    grant = tul.grants["vs-2021"]
    portfolio = tul.Portfolio(grants=tul.Register([grant]))
    made = describe(portfolio, BARE)
    assert made["dct:temporal"] == {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": {"@type": "xsd:date", "@value": "2021-01-01"},
        "dcat:endDate": {"@type": "xsd:date", "@value": "2023-12-31"},
    }
    project = tul.Project(
        id="p", name=tul.Text("p"), regions=(), period=tul.Period(start=dt.date(2020, 5, 1))
    )
    only_start = tul.Portfolio(projects=tul.Register([project]))
    assert describe(only_start, BARE)["dct:temporal"] == {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": {"@type": "xsd:date", "@value": "2020-05-01"},
    }
    apart = [tul.Period(end=dt.date(2020, 1, 31)), tul.Period(start=dt.date(2021, 2, 1))]
    grants = [attrs.evolve(grant, id=f"g{n}", usable=each) for n, each in enumerate(apart)]
    made = describe(tul.Portfolio(grants=tul.Register(grants)), BARE, vocabulary="schema.org")
    assert made["temporalCoverage"] == "2020-01-31/2021-02-01"
    by_search = describe(only_start, BARE, vocabulary="schema.org")
    assert by_search["temporalCoverage"] == "2020-05-01/.."


def test_nothing_is_invented() -> None:
    """A field that is not given has no property."""
    for vocabulary, names in (
        ("dcat-ap", {"@context", "@type", "dct:title", "dct:description"}),
        ("schema.org", {"@context", "@type", "name", "description"}),
    ):
        made = describe(tul.Portfolio(), BARE, vocabulary=vocabulary)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType] - both are
        assert made.keys() == names


def test_fields_of_a_publication_are_checked() -> None:
    """Addresses are validated; an unknown vocabulary is an error."""
    with pytest.raises(tul.InvalidValueError) as caught:
        Distribution(url="no address")
    assert found(caught.value.findings) == ["TSK006 /url"]
    with pytest.raises(ValueError, match="one of dcat-ap"):
        describe(tul.Portfolio(), BARE, vocabulary="dcat")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType] - a mistake
