"""What others publish about the public sets, to be read beside our figures; nothing here computes any of it."""

from collections.abc import Iterator
from dataclasses import dataclass

LARSON = "Larson et al. 2019, table 2"
UNCERTAINTY = "google/uncertainty-baselines, CLINC150"
FEW_SHOT = "jianguoz/Few-Shot-Intent-Detection"
FULL_BANKING = "Casanueva et al. 2020"
SPACE = "He et al. 2022"
SETFIT = "model card nickprock/setfit-banking77"
MEASURED = "not published: rasa 3.6.21, measured here, one seed"


@dataclass(frozen=True)
class Published:
    """One system's figures in percent, on a set that a training file of that set is comparable with."""

    folder: str
    train: str
    system: str
    accuracy: str  # in scope
    out_of_scope: str
    source: str


def find_published(folder: str, train: str) -> list[Published]:
    """What is published for a set and the training file of it; empty for sets that are not public."""
    return [figure for figure in PUBLISHED if (figure.folder, figure.train) == (folder, train)]


# System, then accuracy on BANKING77, CLINC150 and HWU64, with 5 and with 10 examples a label.
_FEW_SHOT = (
    ("RoBERTa + classifier", ("74.0", "84.3"), ("88.0", "91.6"), ("75.6", "82.9")),
    ("USE", ("76.3", "84.2"), ("87.8", "90.9"), ("77.8", "83.8")),
    ("USE + ConveRT", ("77.8", "85.2"), ("90.5", "93.3"), ("80.0", "85.8")),
    ("DNNC", ("80.4", "86.7"), ("91.0", "93.8"), ("80.5", "84.7")),
    ("CPFT", ("80.9", "87.2"), ("92.3", "94.2"), ("82.0", "87.1")),
    ("ICDA (best listed)", ("84.0", "89.8"), ("92.6", "94.8"), ("82.5", "87.4")),
)


def _few_shot() -> Iterator[Published]:
    for system, *of_sets in _FEW_SHOT:
        for folder, accuracies in zip(("banking77", "clinc150", "hwu64"), of_sets, strict=True):
            for train, accuracy in zip(("train_5", "train_10"), accuracies, strict=True):
                yield Published(folder, train, system, accuracy, "", FEW_SHOT)


PUBLISHED = (
    Published("clinc150", "train", "SVM", "91.0", "recall 14.5", LARSON),
    Published("clinc150", "train", "CNN", "91.2", "recall 18.9", LARSON),
    Published("clinc150", "train", "Dialogflow", "91.7", "recall 14.0", LARSON),
    Published("clinc150", "train", "Rasa", "91.5", "recall 45.3", LARSON),
    Published("clinc150", "train", "Rasa, threshold", "90.9", "recall 31.2", LARSON),
    Published("clinc150", "train", "MLP on USE", "93.5", "recall 47.4", LARSON),
    Published("clinc150", "train", "BERT", "96.9", "recall 40.3", LARSON),
    Published("clinc150", "train", "BERT, threshold", "96.2", "recall 52.3", LARSON),
    Published("clinc150", "train", "BERT-base, deterministic", "96.5-97.5", "AUROC 94.2", UNCERTAINTY),
    Published("clinc150", "train", "BERT-base, MC dropout", "96.5-97.5", "AUROC 95.1", UNCERTAINTY),
    Published("clinc150", "train", "BERT-base, ensemble of 10", "96.5-97.5", "AUROC 95.8", UNCERTAINTY),
    Published("clinc150", "train", "BERT-base, SNGP", "96.5-97.5", "AUROC 96.9", UNCERTAINTY),
    Published("clinc150", "train", "BERT-base, SNGP ensemble", "96.5-97.5", "AUROC 97.3", UNCERTAINTY),
    Published("clinc150", "train", "SPACE", "97.9", "", SPACE),
    Published("banking77", "train", "USE + ConveRT", "93.4", "", FULL_BANKING),
    Published("banking77", "train", "BERT tuned", "93.7", "", FULL_BANKING),
    Published("banking77", "train", "SPACE", "94.9", "", SPACE),
    Published("banking77", "train_10", "SetFit, 25 examples a label", "85.3", "", SETFIT),
    Published("hwu64", "train", "SPACE", "94.1", "", SPACE),
    *_few_shot(),
    Published("clinc150", "train_10", "Rasa's default DIET", "71.9", "AUROC 84.1, recall at 95 25", MEASURED),
    Published("banking77", "train_5", "Rasa's default DIET", "53.7", "", MEASURED),
    Published("banking77", "train_10", "Rasa's default DIET", "69.0", "", MEASURED),
    Published("clinc-banking", "train", "Rasa's default DIET, far", "94.8", "AUROC 88.7, recall at 95 70", MEASURED),
    Published("clinc-banking", "train", "Rasa's default DIET, near", "94.8", "AUROC 69.0, recall at 95 33", MEASURED),
)
